"""Files of reports: sealed piece by piece while they arrive, opened for who may read them."""
