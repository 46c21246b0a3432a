/** A day of a month of a year, written as most do, perhaps with a time behind it; a month of a year. */
export const TIME_SHAPE = [
  String.raw`^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[-/]\d{1,2}[-/]\d{2})([ T]\d{1,2}:\d{2}.*)?$`,
  String.raw`^\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}`,
  String.raw`^([A-Za-z]{3,9},? )?[A-Za-z]{3,9} \d{1,2},? \d{4}`,
  String.raw`^[A-Za-z]{3,9}, \d{1,2} [A-Za-z]{3,9} \d{4}`,
  String.raw`^\d{8}T\d{6}`,
  String.raw`^(19|20)\d{2}[-/](0\d|1[0-2])$`,
].join('|');
