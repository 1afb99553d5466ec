"""The benchmark: what design §10 promises, measured side by side in one run."""
