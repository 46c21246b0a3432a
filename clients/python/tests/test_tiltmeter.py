"""Runs the real command line; `python -m unittest discover -s clients/python/tests`."""

import csv
import html.parser
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

import tiltmeter  # noqa: E402


class Frame:
    """What the client needs of a pandas data frame."""

    def __init__(self, rows):
        self.rows = rows

    def to_csv(self, path, index):
        assert index is False
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(self.rows)


class PolarsFrame:
    def __init__(self, rows):
        self.rows = rows

    def write_csv(self, path):
        Frame(self.rows).to_csv(path, index=False)


class Attributes(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def table(shift=0.0):
    rows = [["amount", "colour", "-odd"]]
    for i in range(400):
        rows.append([(i * 7919) % 1000 / 10 + shift, "rgb"[i % 3], i % 2])
    return rows


class CheckTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.reference = os.path.join(cls.folder.name, "reference.csv")
        cls.moved = os.path.join(cls.folder.name, "moved.csv")
        Frame(table()).to_csv(cls.reference, index=False)
        Frame(table(40)).to_csv(cls.moved, index=False)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_the_same_table_passes(self):
        report = tiltmeter.check(self.reference, reference=self.reference)
        self.assertTrue(report.passed)
        self.assertEqual(report.failing, [])
        self.assertEqual(report["rows"], {"reference": 400, "current": 400})
        self.assertEqual([column["name"] for column in report["columns"]], ["amount", "colour", "-odd"])

    def test_a_shift_fails_without_an_error(self):
        report = tiltmeter.check(self.moved, reference=self.reference, multivariate=False)
        self.assertFalse(report.passed)
        self.assertEqual([column["name"] for column in report.failing], ["amount"])
        self.assertRegex(repr(report), r"^Tiltmeter: fail – 1 of 3 columns failed: amount\n  amount: .*threshold 0\.10")

    def test_options_reach_the_check(self):
        report = tiltmeter.check(
            self.moved, reference=self.reference, ignore=["amount", "-odd"], threshold=0.3, tests="all", segments=["colour"]
        )
        self.assertEqual([column["name"] for column in report["columns"]], ["colour"])
        self.assertEqual(report["columns"][0]["score"]["threshold"], 0.3)
        self.assertIn("cramers_v", report["columns"][0]["tests"])
        as_other = tiltmeter.check(self.moved, reference=self.reference, decide_as="evidently")
        self.assertEqual(as_other["columns"][0]["score"]["id"], "evidently ks")

    def test_data_frames(self):
        for make in (Frame, PolarsFrame):
            report = tiltmeter.check(make(table(40)), reference=make(table()), multivariate=False)
            self.assertEqual(report["rows"], {"reference": 400, "current": 400})
            self.assertFalse(report.passed)

    def test_a_notebook_gets_the_page_in_a_frame(self):
        report = tiltmeter.check(self.moved, reference=self.reference, multivariate=False)
        self.assertTrue(report.html.startswith("<!doctype html>"))
        reader = Attributes()
        reader.feed(report._repr_html_())
        self.assertEqual([tag for tag, _ in reader.tags], ["iframe"])
        self.assertEqual(reader.tags[0][1]["srcdoc"], report.html)
        saved = report.save(os.path.join(self.folder.name, "report.html"))
        self.assertEqual(saved.read_text(encoding="utf-8"), report.html)

    def test_what_cannot_run_says_why(self):
        with self.assertRaisesRegex(tiltmeter.CheckFailedToRun, r"none\.csv: no such file"):
            tiltmeter.check(os.path.join(self.folder.name, "none.csv"), reference=self.reference)
        with self.assertRaisesRegex(tiltmeter.CheckFailedToRun, 'no column "colur"; did you mean "colour"'):
            tiltmeter.check(self.moved, reference=self.reference, label="colur")
        with self.assertRaisesRegex(tiltmeter.CheckFailedToRun, "there is no program"):
            tiltmeter.check(self.moved, reference=self.reference, command=["no-such-program"])
        with self.assertRaisesRegex(tiltmeter.CheckFailedToRun, "longer than 0.05 seconds"):
            tiltmeter.check(self.moved, reference=self.reference, timeout=0.05)

    def test_misuse_is_a_type_error(self):
        with self.assertRaisesRegex(TypeError, r'ignore=\["amount"\]'):
            tiltmeter.check(self.moved, reference=self.reference, ignore="amount")
        with self.assertRaisesRegex(TypeError, "current: a path or a data frame"):
            tiltmeter.check(7, reference=self.reference)


if __name__ == "__main__":
    unittest.main()
