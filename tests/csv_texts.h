// What the tests of CSV share.
#pragma once
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tinymlp/error.h"
#include "tinymlp/io/csv.h"

namespace tinymlp {

using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

inline DataSet parse(std::string_view text, const CsvOptions& options = {}) {
  return parse_csv(text, "t.csv", options);
}

inline std::string error_of(std::string_view text, const CsvOptions& options = {}) {
  try {
    parse(text, options);
  } catch (const InputError& error) {
    const std::string message = error.what();
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
    EXPECT_NE(message.find("t.csv"), std::string::npos) << message;
    return message;
  }
  return "nothing was thrown";
}

inline void expect_error(std::string_view text, const std::string& part, const CsvOptions& options = {}) {
  const std::string message = error_of(text, options);
  EXPECT_NE(message.find(part), std::string::npos) << message << "\nlacks: " << part;
}

inline void expect_same(const DataSet& a, const DataSet& b) {
  EXPECT_EQ(a.task, b.task);
  EXPECT_EQ(a.feature_names, b.feature_names);
  EXPECT_EQ(a.target_name, b.target_name);
  EXPECT_EQ(a.class_names, b.class_names);
  EXPECT_EQ(a.inputs, b.inputs);
  EXPECT_EQ(a.targets, b.targets);
}

inline const CsvOptions regression{.target = {}, .task = Task::regression};
inline const CsvOptions classification{.target = {}, .task = Task::classification};
inline CsvOptions target(const std::string& column) { return {.target = column, .task = {}}; }

}  // namespace tinymlp
