"""What a script prints of itself: seconds since it began, imports included, and the most memory it held, in bytes."""
import json
import resource
import sys
import time


def report(started, **more):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
    print(json.dumps({'seconds': time.perf_counter() - started, 'peak_rss': peak, **more}))
