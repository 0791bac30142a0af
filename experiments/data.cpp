// tinymlp data: lists the built-in data sets, or writes one as CSV.
#include <algorithm>
#include <iostream>
#include <sstream>

#include "commands.h"
#include "data/source.h"
#include "output/console.h"
#include "tinymlp/error.h"
#include "tinymlp/generators.h"
#include "tinymlp/io/csv.h"
#include "tinymlp/io/file.h"
#include "tinymlp/io/idx.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

Syntax syntax() {
  Syntax data{.command = "data",
              .arguments = {"NAME|list"},
              .usage = "[options]",
              .summary = "writes a built-in data set as CSV; list describes them",
              .groups = {generator_option_group(),
                         {"Output", {{"output", "FILE", "write there instead of on standard output"}}}},
              .notes = {},
              .examples = {"data list", "data moons --samples 1000 --noise 0.2 --output moons.csv"}};
  return data;
}

/// All rows of the set; of images, those to train on first.
DataSet load(const DataOptions& options) {
  const Source source = find_source(options);
  if (source.kind != SourceKind::images) return load_whole(options, source);
  DataParts parts = read_idx_directory(source.path);
  DataSet& all = parts.training;
  all.bytes.insert(all.bytes.end(), parts.test.bytes.begin(), parts.test.bytes.end());
  all.targets.insert(all.targets.end(), parts.test.targets.begin(), parts.test.targets.end());
  return std::move(all);
}

void print_list() {
  for (const auto& [name, description] : built_in_data())
    print(name + std::string(name.size() < 15 ? 15 - name.size() : 1, ' ') + description + "\n");
}

void run(const Arguments& arguments) {
  const std::string& name = arguments.words()[0];
  if (name == "list") return print_list();
  std::vector<std::string> names;
  for (const BuiltIn& set : built_in_data()) names.push_back(set.name);
  if (!is_generated(name) && std::ranges::find(names, name) == names.end())
    throw InputError(unknown_name("data set", name, names));
  const DataSet data = load(read_generator_options(arguments, name));
  if (const auto file = arguments.optional_text("output")) {
    std::ostringstream text;
    write_csv(text, data);
    return write_file(*file, text.str());
  }
  write_csv(std::cout, data);
}

}  // namespace

Command data_command() { return {syntax(), run}; }

}  // namespace tinymlp::program
