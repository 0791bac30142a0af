// Makes targets of the fields in a CSV's target column.
#include "csv_targets.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "../call_text.h"
#include "../text.h"
#include "csv_records.h"
#include "tinymlp/names.h"

namespace tinymlp {
namespace {

constexpr std::size_t most_counted_classes = 20;  // whole numbers of more different values are no classes by themselves

/// Whether a double holds it, and all whole numbers nearer to 0, exactly.
bool is_whole(double number) { return std::floor(number) == number && std::abs(number) <= 0x1p53; }

/// Whether the numbers are classes where nobody says what they are.
bool are_classes(const std::vector<double>& numbers) {
  std::set<double> different;
  for (const double number : numbers) {
    if (!is_whole(number)) return false;
    different.insert(number);
    if (different.size() > most_counted_classes) return false;
  }
  return true;
}

/// Replaces numbers by indices into their sorted different values, which name the classes.
void set_number_classes(DataSet& data) {
  std::vector<double> values = data.targets;
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
  for (const double value : values)
    data.class_names.push_back(is_whole(value) ? std::to_string(static_cast<std::int64_t>(value)) : number_text(value));
  for (double& target : data.targets)
    target = static_cast<double>(std::ranges::lower_bound(values, target) - values.begin());
}

/// The target column's fields, with where they stand for messages.
class TargetColumn {
 public:
  TargetColumn(const std::vector<std::string_view>& fields, std::size_t column, const CsvSource& source)
      : fields_(fields), column_(column), source_(source) {}

  /// The fields' numbers, in order, without those that are text.
  std::vector<double> numbers() const {
    std::vector<double> numbers;
    numbers.reserve(fields_.size());
    for (const std::string_view field : fields_)
      if (const auto number = field_number(field)) numbers.push_back(*number);
    return numbers;
  }

  /// Throws for the first field that is no number and, if `missing_only`, stands for a missing one.
  void fail_text(bool missing_only) const {
    std::string memory;
    for (std::size_t row = 0; row < fields_.size(); ++row)
      if (!field_number(fields_[row]) && (!missing_only || is_missing(field_text(fields_[row], memory))))
        source_.fail_number(fields_[row], place(row));
  }

  /// Throws for the first field that is no number, beside others that are, and that nobody says are classes.
  [[noreturn]] void fail_mixture() const {
    const auto text = std::ranges::find_if(fields_, [](auto field) { return !field_number(field); });
    std::string memory;
    source_.fail(in_quotes(field_text(*text, memory)) + " stands among numbers",
                 place(static_cast<std::size_t>(text - fields_.begin())),
                 "give a number, or say that the task is classification");
  }

  /// Makes the fields' different texts, sorted by code point, the classes.
  void set_text_classes(DataSet& data) const {
    std::map<std::string, double, std::less<>> classes;  // orders UTF-8 by bytes: the same as by code point
    std::string memory;
    for (std::size_t row = 0; row < fields_.size(); ++row) {
      const std::string_view label = field_text(fields_[row], memory);
      if (classes.contains(label)) continue;
      if (trim(label).empty()) source_.fail_number(fields_[row], place(row));
      if (!is_utf8(label)) source_.fail("a label is not UTF-8", place(row), "save the file as UTF-8");
      classes.emplace(label, 0);
    }
    for (auto& [label, index] : classes) {
      index = static_cast<double>(data.class_names.size());
      data.class_names.push_back(label);
    }
    data.targets.reserve(fields_.size());
    for (const std::string_view field : fields_)
      data.targets.push_back(classes.find(field_text(field, memory))->second);
  }

  /// Numbers the classes as `known` does. Throws for the first row of another one.
  void number_as(const std::vector<std::string>& known, DataSet& data) const {
    std::vector<std::optional<std::size_t>> numbers;  // of each class of the data, among those known
    for (const std::string& name : data.class_names) {
      const auto found = std::ranges::find(known, name);
      numbers.push_back(found == known.end() ? std::nullopt
                                             : std::optional(static_cast<std::size_t>(found - known.begin())));
    }
    for (std::size_t row = 0; row < data.targets.size(); ++row) {
      const auto label = static_cast<std::size_t>(data.targets[row]);
      const std::optional<std::size_t> number = numbers[label];
      if (!number) fail_unknown(data.class_names[label], known, row);
      data.targets[row] = static_cast<double>(*number);
    }
    data.class_names = known;
  }

  [[noreturn]] void fail_unknown(const std::string& label, const std::vector<std::string>& known,
                                 std::size_t row) const {
    const std::string nearest = nearest_name(label, known);
    std::string all;
    for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
    source_.fail("unknown class " + in_quotes(label), place(row),
                 nearest.empty() ? "the classes are " + all : "did you mean " + in_quotes(nearest) + "?");
  }

  CsvPlace place(std::size_t row) const { return {.at = fields_[row].data(), .row = row + 1, .column = column_}; }

 private:
  const std::vector<std::string_view>& fields_;
  std::size_t column_;
  const CsvSource& source_;
};

}  // namespace

void set_targets(DataSet& data, const std::vector<std::string_view>& fields, const CsvOptions& options,
                 std::size_t column, const CsvSource& source) {
  const std::optional<Task> task = options.task;
  const TargetColumn targets(fields, column, source);
  std::vector<double> numbers = targets.numbers();
  const bool all_numbers = numbers.size() == fields.size();
  if (all_numbers) {
    data.task = task.value_or(are_classes(numbers) ? Task::classification : Task::regression);
    data.targets = std::move(numbers);
    if (data.task == Task::classification) set_number_classes(data);
  } else {
    data.task = task.value_or(Task::classification);
    if (data.task == Task::regression || !numbers.empty()) targets.fail_text(data.task == Task::classification);
    if (!task && !are_classes(numbers)) targets.fail_mixture();
    targets.set_text_classes(data);
  }
  if (data.task == Task::classification && !options.classes.empty()) {
    targets.number_as(options.classes, data);
    return;
  }
  if (data.task == Task::classification && data.classes() < 2)
    source.fail("all rows are of the one class " + in_quotes(data.class_names[0]), targets.place(0),
                "give rows of at least two classes, or say that the task is regression");
}

}  // namespace tinymlp
