// Data sets in CSV files: RFC 4180, with or without a header, separated by ',', ';' or tabs, in UTF-8.
#pragma once
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tinymlp/dataset.h"

namespace tinymlp {

/// How to read a CSV.
struct CsvOptions {
  std::optional<std::string> target;  // the target's column: its name, or its number from 0; the last if left out
  std::optional<Task> task;           // if left out, told by the targets: see parse_csv
  std::vector<std::string> classes =
      {};  // if not empty, all there are, as a model knows them: rows need not be of each
  std::vector<std::string> features =
      {};  // if not empty, and all are in the header: the columns to read, in this order; others are ignored
  bool without_targets = false;  // only features matter: all targets are 0; if `target` is given, its column is ignored
};

/// Reads a data set from CSV. One column is the target, the others are features, which are numbers.
///
/// - Records end in LF or CRLF; blank lines are skipped. A field in double quotes may hold separators, line breaks and
///   "" for a quote; blanks around other fields do not count. A byte order mark at the beginning is skipped.
/// - The separator is the one of ',', ';' and tab that makes a table of numbers of the first records.
/// - The first record is a header if a feature's field in it is no number (nor a mark of a missing one, as NA); or if
///   its target is no number, and all others are; or if options.target is a name in it. Without a header the features
///   are called x1, x2, … and the target "target". A header of numbers above a column of text labels cannot be told
///   from data: name the target.
/// - If options.task is left out: targets of text, or whole numbers of at most 20 different values, are classes.
/// - If options.classes are given, classes are numbered by them, and a label that is not among them is an error. Else
///   classes are sorted, numbers by value, text by code point; class names are "3" for 3, +3 and 3.0.
/// - options.features, as a model knows them, may be names in a header of numbers only if they are all of it.
///
/// `name` becomes the data set's and stands in messages. Throws InputError, saying what is wrong, at which line, row
/// (of the data, from 1) and column, and how to mend it, if the text is none of this: among others for fields that are
/// missing or not finite, NUL bytes, rows of different lengths, repeated names, a single column or class.
DataSet parse_csv(std::string_view text, std::string name, const CsvOptions& options = {});

/// Reads a CSV file, as parse_csv does; the data set gets the file's name. Throws InputError if it cannot be read.
DataSet read_csv(const std::filesystem::path& path, const CsvOptions& options = {});

/// Writes a data set as CSV, separated by ',', lines ending in LF, under a header of its names, the target last. Each
/// number is the shortest that reads back as the same, with a decimal point in every locale; bytes are whole numbers
/// from 0 to 255; classes are their names. Throws Error if the stream fails.
void write_csv(std::ostream& stream, const DataSet& data);

}  // namespace tinymlp
