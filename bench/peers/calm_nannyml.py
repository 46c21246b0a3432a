"""Columns that NannyML's univariate calculator alarms on in any of its chunks: python calm_nannyml.py REFERENCE CURRENT [CURRENT ...]

Parquet files. Prints {file: {"flagged": [columns], "chunks": {column: chunks with an alarm}}}.
"""
import json
import os
import sys

os.environ['NML_DISABLE_USAGE_LOGGING'] = '1'
import nannyml as nml  # noqa: E402
import pandas as pd  # noqa: E402

reference = pd.read_parquet(sys.argv[1])
columns = list(reference.columns)
answer = {}
for path in sys.argv[2:]:
    calculator = nml.UnivariateDriftCalculator(column_names=columns).fit(reference)
    result = calculator.calculate(pd.read_parquet(path)).filter(period='analysis').to_df()
    chunks = {name: int(result[name]['jensen_shannon']['alert'].sum()) for name in columns}
    answer[path] = {'flagged': [name for name, alarms in chunks.items() if alarms], 'chunks': chunks}
print(json.dumps(answer))
