"""Both files profiled with whylogs: python whylogs_profile.py REFERENCE CURRENT"""
import os
import time

started = time.perf_counter()
os.environ['WHYLOGS_NO_ANALYTICS'] = 'True'
import sys  # noqa: E402

import whylogs as why  # noqa: E402

from measured import read, report  # noqa: E402

views = [why.log(read(path)).view() for path in sys.argv[1:3]]
report(started, columns=[len(view.get_columns()) for view in views])
