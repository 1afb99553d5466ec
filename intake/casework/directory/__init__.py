"""The directory: lawyers, psychologists, doctors and coordinators, and who fits which case.

It is boxed under the ring `case`, so coordinators read it and nobody else: they are the ones
who offer, hand on and refer. Analysts and auditors need no colleague's languages; another
ring would open it for more people and would serve nobody. A specialist holds no ring, so she
has a copy of her own entry, sealed to her, with a key under which she writes what she says of
herself. The database knows ids of members and of entries, and nothing else: where a lawyer
works, that she takes survivors of sexual violence or how somebody outside is reached is a
list that the police would like to have.
"""
