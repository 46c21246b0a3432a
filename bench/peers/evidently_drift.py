"""Evidently's data drift preset on two files: python evidently_drift.py REFERENCE CURRENT"""
import time

started = time.perf_counter()
import sys  # noqa: E402

from evidently import Report  # noqa: E402
from evidently.presets import DataDriftPreset  # noqa: E402

from measured import read, report  # noqa: E402

reference, current = (read(path) for path in sys.argv[1:3])
snapshot = Report([DataDriftPreset()]).run(current, reference)
report(started, metrics=len(snapshot.dict()['metrics']))
