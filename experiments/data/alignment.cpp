// Matches columns by name and classes by label.
#include "data/alignment.h"

#include <algorithm>

#include "io/csv_records.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/file.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

/// Whether the names say nothing: those that a CSV without a header gets.
bool are_default_names(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] != "x" + std::to_string(i + 1)) return false;
  return true;
}

[[noreturn]] void fail_missing(const std::string& name, const DataSet& data, const Schema& schema) {
  const std::string nearest = nearest_name(name, data.feature_names);
  throw InputError("the feature " + in_quotes(name) + " of " + schema.of + " is missing (" + data.name + "): " +
                   (nearest.empty() ? "add it, or name the columns alike"
                                    : "is it the column " + in_quotes(nearest) + "? Name it alike"));
}

/// For each feature of the schema, the data's column.
std::vector<std::size_t> find_columns(const DataSet& data, const Schema& schema) {
  std::vector<std::size_t> columns;
  for (const std::string& name : schema.feature_names) {
    const auto found = std::ranges::find(data.feature_names, name);
    if (found == data.feature_names.end()) fail_missing(name, data, schema);
    columns.push_back(static_cast<std::size_t>(found - data.feature_names.begin()));
  }
  return columns;
}

/// Whether columns can only be told by their places: bytes, or names that say nothing, on either side.
bool go_by_place(const DataSet& data, const Schema& schema) {
  if (schema.feature_names.empty() || !data.bytes.empty() || are_default_names(data.feature_names)) return true;
  return data.feature_names.size() == schema.features && are_default_names(schema.feature_names) &&
         !std::ranges::is_permutation(data.feature_names, schema.feature_names);
}

void check_count(const DataSet& data, const Schema& schema) {
  if (data.feature_names.size() != schema.features)
    throw InputError("the data have " + std::to_string(data.features()) + " features, but " + schema.of + " has " +
                     std::to_string(schema.features) + " (" + data.name + "): give data with as many columns");
}

void align_features(DataSet& data, const Schema& schema) {
  if (data.feature_names == schema.feature_names) return;
  if (go_by_place(data, schema)) return check_count(data, schema);
  const std::vector<std::size_t> columns = find_columns(data, schema);
  const std::size_t width = data.feature_names.size();
  std::vector<double> inputs;
  inputs.reserve(data.targets.size() * columns.size());
  for (std::size_t row = 0; row < data.targets.size(); ++row)
    for (const std::size_t column : columns) inputs.push_back(data.inputs[row * width + column]);
  data.inputs = std::move(inputs);
  data.feature_names = schema.feature_names;
}

void align_classes(DataSet& data, const Schema& schema) {
  if (data.class_names == schema.class_names) return;
  std::vector<std::optional<double>> indices;
  for (const std::string& name : data.class_names) {
    const auto found = std::ranges::find(schema.class_names, name);
    indices.emplace_back();
    if (found != schema.class_names.end()) indices.back() = static_cast<double>(found - schema.class_names.begin());
  }
  for (std::size_t row = 0; row < data.targets.size(); ++row) {
    const auto label = static_cast<std::size_t>(data.targets[row]);
    const std::optional<double> index = indices[label];
    if (!index)
      throw InputError(unknown_name("class", data.class_names[label], schema.class_names,
                                    data.name + ", row " + std::to_string(row + 1)));
    data.targets[row] = *index;
  }
  data.class_names = schema.class_names;
}

/// What the fields of the CSV's first record say.
std::vector<std::string> first_record(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvRecords records(text, detect_separator(text));
  std::vector<std::string_view> fields;
  std::vector<std::string> texts;
  std::string memory;
  if (records.next(fields))
    for (const std::string_view field : fields) texts.emplace_back(field_text(field, memory));
  return texts;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// The column that holds targets where nobody names it: the schema's, else the last one where it is one too many for
/// the features, and they are not there by their names.
std::optional<std::string> column_to_ignore(const std::vector<std::string>& first, const Schema& schema,
                                            std::string& note) {
  if (has(first, schema.target_name) && !field_number(schema.target_name) &&
      !has(schema.feature_names, schema.target_name))
    return schema.target_name;
  const bool named = !schema.feature_names.empty() &&
                     std::ranges::all_of(schema.feature_names, [&](const auto& name) { return has(first, name); });
  if (named || first.size() != schema.features + 1) return std::nullopt;
  note = "data     the last of " + std::to_string(first.size()) + " columns is taken for the target and ignored";
  return std::to_string(schema.features);
}

}  // namespace

Schema schema_of(const DataSet& data) {
  return {"the training data", data.task,        data.feature_names.size(),
          data.feature_names,  data.class_names, data.target_name};
}

Schema schema_of(const ModelDescription& description) {
  return {"the model",
          description.task,
          static_cast<std::size_t>(description.inputs),
          description.feature_names,
          description.class_names,
          description.target_name};
}

DataSet align(DataSet data, const Schema& schema) {
  if (data.task != schema.task)
    throw InputError(std::string("the targets are ") + (data.task == Task::regression ? "numbers" : "classes") +
                     ", but those of " + schema.of + " are " +
                     (schema.task == Task::regression ? "numbers" : "classes") + " (" + data.name +
                     "): give data of the same kind");
  align_features(data, schema);
  align_classes(data, schema);
  return data;
}

DataSet read_csv_like(const std::filesystem::path& path, const Schema& schema,
                      const std::optional<std::string>& target) {
  const std::string text = read_file(path);  // once: it may be a pipe
  CsvOptions options{
      .target = target, .task = schema.task, .classes = schema.class_names, .features = schema.feature_names};
  if (!target && has(first_record(text), schema.target_name)) options.target = schema.target_name;
  DataSet data = parse_csv(text, path.string(), options);
  data.name = path.filename().string();
  return align(std::move(data), schema);
}

DataSet read_features_like(const std::filesystem::path& path, const Schema& schema,
                           const std::optional<std::string>& target, std::string& note) {
  const std::string text = read_file(path);  // once: it may be a pipe
  CsvOptions options{.target = target, .task = {}, .features = schema.feature_names, .without_targets = true};
  if (!target) options.target = column_to_ignore(first_record(text), schema, note);
  DataSet data = parse_csv(text, path.string(), options);
  data.name = path.filename().string();
  align_features(data, schema);
  data.task = schema.task;
  data.class_names = schema.class_names;
  return data;
}

}  // namespace tinymlp::program
