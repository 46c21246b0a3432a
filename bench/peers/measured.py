"""What the scripts share: tables as pandas reads them, and what a script prints of itself: seconds since it began, imports included, and the most memory it held, in bytes."""
import json
import resource
import sys
import time


def read(path):
    import pandas as pd

    return pd.read_csv(path) if path.endswith('.csv') else pd.read_parquet(path)


def report(started, **more):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
    print(json.dumps({'seconds': time.perf_counter() - started, 'peak_rss': peak, **more}))
