"""NannyML's univariate drift calculator at its defaults on two files: python nannyml_univariate.py REFERENCE CURRENT"""
import os
import time

started = time.perf_counter()
os.environ['NML_DISABLE_USAGE_LOGGING'] = '1'
import sys  # noqa: E402

import nannyml as nml  # noqa: E402
from measured import read, report  # noqa: E402

reference, current = (read(path) for path in sys.argv[1:3])
calculator = nml.UnivariateDriftCalculator(column_names=list(reference.columns)).fit(reference)
result = calculator.calculate(current)
report(started, chunks=len(result.filter(period='analysis').to_df()))
