"""Which browser somebody signed in with, as coarse as she needs to know it again."""

from typing import Final

from flask_babel import gettext

from intake.form.text import _

# The first word that is found counts: most browsers claim to be several others as well.
_BROWSERS: Final = (
    ("edg", "edge", "Edge"),
    ("opr/", "opera", "Opera"),
    ("yabrowser", "yandex", "Yandex"),
    ("samsungbrowser", "samsung", "Samsung Internet"),
    ("firefox", "firefox", "Firefox"),
    ("fxios", "firefox", "Firefox"),
    ("crios", "chrome", "Chrome"),
    ("chrom", "chrome", "Chrome"),
    ("safari", "safari", "Safari"),
)
_SYSTEMS: Final = (
    ("android", "android", "Android"),
    ("iphone", "ios", "iPhone"),
    ("ipad", "ios", "iPhone"),
    ("windows", "windows", "Windows"),
    ("mac os", "macos", "Mac"),
    ("cros", "chromeos", "ChromeOS"),
    ("linux", "linux", "Linux"),
)
_BROWSER_NAMES: Final = {code: name for _word, code, name in _BROWSERS}
_SYSTEM_NAMES: Final = {code: name for _word, code, name in _SYSTEMS}
ON: Final = _("%(browser)s on %(system)s")
UNKNOWN: Final = _("a browser that does not say what it is")


def coarse(agent: str) -> str:
    """Codes of browser and system, such as `firefox/linux`; no version and nothing finer.

    >>> coarse("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'firefox/linux'
    """
    folded = agent.casefold()
    found = (
        next((code for word, code, _name in known if word in folded), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return "/".join(found)


def in_words(browser: str) -> str:
    """What `coarse` found, for people."""
    name, _between, system = browser.partition("/")
    if name not in _BROWSER_NAMES:
        return gettext(UNKNOWN)
    if system not in _SYSTEM_NAMES:
        return _BROWSER_NAMES[name]
    return gettext(ON, browser=_BROWSER_NAMES[name], system=_SYSTEM_NAMES[system])
