"""One sample of every object the vault makes, from fixed secrets."""

from tests.vault import case_samples, ring_samples, staff_samples

SAMPLES = (*ring_samples.SAMPLES, *case_samples.SAMPLES, *staff_samples.SAMPLES)
BY_NAME = {sample.name: sample for sample in SAMPLES}
