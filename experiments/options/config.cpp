// Reads options from JSON.
#include "options/config.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "call_text.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

using Json = nlohmann::json;

/// What cannot come from a file: what names one.
const std::vector<std::string> only_on_the_command_line{"config", "resume"};

/// Parses the file. The parser would take the last of two equal keys.
Json parse(const std::string& text, const std::string& file) {
  std::vector<std::set<std::string>> keys;  // of the objects around the place being read
  const auto check = [&](int, Json::parse_event_t event, const Json& parsed) {
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second)
      throw InputError("the key " + in_quotes(parsed.get<std::string>()) + " stands there twice (" + file +
                       "): leave one of them out");
    return true;
  };
  try {
    return Json::parse(text, check);
  } catch (const Json::parse_error& error) {
    throw InputError("the file is no JSON (" + file + ", byte " + std::to_string(error.byte) +
                     "): give an object of option names and values, as {\"epochs\": 50}");
  } catch (const Json::exception&) {
    throw InputError("the file holds a number that is out of range (" + file + "): make it smaller");
  }
}

bool takes_number(const Option& option) {
  static const std::set<std::string> numbers{"N", "X", "S", "F", "T"};
  return numbers.contains(option.argument);
}

/// The text of a name or a number.
std::string scalar_text(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  return number_text(value.get<double>());
}

bool is_scalar(const Json& value) { return value.is_string() || value.is_number(); }

std::string value_text(const Json& value, const Option& option, const std::string& where) {
  if (takes_number(option) && !value.is_number())
    throw InputError(value.dump() + " is not a number (" + where + "): write it without quotes, as 1 or 0.5");
  if (is_scalar(value)) return scalar_text(value);
  if (!value.is_array() || !std::ranges::all_of(value, is_scalar))
    throw InputError("the value is of the wrong kind (" + where + "): give a text or a number");
  std::string text;
  for (const Json& part : value) text += (text.empty() ? "" : ",") + scalar_text(part);
  return text;
}

/// Every name with its option.
std::map<std::string, const Option*> options_by_name(const Syntax& syntax) {
  std::map<std::string, const Option*> all;
  for (const OptionGroup& group : syntax.groups)
    for (const Option& option : group.options)
      for (const std::string& name : names_of(option)) all[name] = &option;
  return all;
}

}  // namespace

std::map<std::string, std::string> read_config(const std::filesystem::path& path, const Syntax& syntax) {
  const std::string file = path.string();
  const Json json = parse(read_file(path), file);
  const bool is_run = json.is_object() && json.contains("settings") && json["settings"].is_object();
  const Json& settings = is_run ? json["settings"] : json;
  if (!settings.is_object())
    throw InputError("the file holds no object (" + file +
                     "): give one of option names and values, as {\"epochs\": 50}");

  const auto all = options_by_name(syntax);
  std::map<std::string, std::string> values;
  for (const auto& [key, value] : settings.items()) {
    const std::string where = file + ", " + in_quotes(key);
    const auto found = all.find(key);
    if (found == all.end()) {
      std::vector<std::string> names;
      for (const auto& [name, option] : all) names.push_back(name);
      throw InputError(unknown_name("option", key, names, file));
    }
    const Option& option = *found->second;
    const std::string name = names_of(option).front();
    if (std::ranges::find(only_on_the_command_line, name) != only_on_the_command_line.end())
      throw InputError("the option cannot stand in a file (" + where + "): give it on the command line");
    if (values.contains(name)) throw InputError("the option has another name there, too (" + where + "): give it once");
    if (option.argument.empty()) {
      if (!value.is_boolean()) throw InputError("the switch is neither true nor false (" + where + "): make it one");
      if (value.get<bool>()) values[name] = "true";
      continue;
    }
    const std::string text = value_text(value, option, where);
    if (text.empty()) throw InputError("the value is empty (" + where + "): give one, or leave the option out");
    values[name] = text;
  }
  return values;
}

Option config_option() {
  return {"config", "FILE.json",
          "options by their names, as {\"epochs\": 50}, or a run's run.json; the command line wins"};
}

}  // namespace tinymlp::program
