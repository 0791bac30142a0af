// Parses command lines with cxxopts, which cuts them into names and values and lays out the help; values stay texts.
#include "options/arguments.h"

#include <algorithm>
#include <cctype>

// std::regex takes its time to start and overflows the stack on a long argument.
#define CXXOPTS_NO_REGEX true
#include <cxxopts.hpp>

#include "call_text.h"
#include "options/config.h"
#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/names.h"

namespace tinymlp::program {

namespace {

constexpr std::size_t help_width = 96;
constexpr char between_values = '\x1F';  // of a repeatable option: no text of a user's holds it

std::string first_name(const Option& option) { return names_of(option).front(); }

/// Every name with the option's first one.
std::map<std::string, const Option*> options_by_name(const Syntax& syntax) {
  std::map<std::string, const Option*> all;
  for (const OptionGroup& group : syntax.groups)
    for (const Option& option : group.options)
      for (const std::string& name : names_of(option)) all[name] = &option;
  return all;
}

cxxopts::Options make_parser(const Syntax& syntax) {
  cxxopts::Options parser("tinymlp " + syntax.command, syntax.summary + "\n");
  std::string usage;
  for (const std::string& argument : syntax.arguments) usage += argument + " ";
  parser.custom_help(usage + syntax.usage).set_width(help_width).allow_unrecognised_options();
  for (const OptionGroup& group : syntax.groups)
    for (const Option& option : group.options) {
      if (option.argument.empty()) {
        parser.add_option(group.title, {option.names, option.help});
        continue;
      }
      const auto value = cxxopts::value<std::string>();
      if (!option.fallback.empty()) value->default_value(option.fallback);
      parser.add_option(group.title, {option.names, option.help, value, option.argument});
    }
  parser.add_option("Help", {"h,help", "show this page"});
  return parser;
}

/// cxxopts leaves blanks where it breaks lines.
std::string without_blanks_at_ends(const std::string& lines) {
  std::string text;
  for (const char c : lines) {
    if (c == '\n') text.erase(text.find_last_not_of(' ') + 1);
    text += c;
  }
  return text;
}

[[noreturn]] void fail_unknown(const std::string& word, const Syntax& syntax) {
  std::vector<std::string> names{"--help"};
  for (const auto& [name, option] : options_by_name(syntax)) names.push_back("--" + name);
  const std::string option = word.substr(0, word.find('='));
  const std::string nearest = nearest_name(option.starts_with("--") ? option : "-" + option, names);
  throw InputError(
      "unknown option " + in_quotes(option) + " (" + syntax.command + "): " +
      (nearest.empty() ? "see \"tinymlp " + syntax.command + " --help\"" : "did you mean " + in_quotes(nearest) + "?"));
}

/// cxxopts cuts "-lr" into "-l" and "-r": the word that it came from.
std::string whole_word(const std::string& letter, const std::vector<std::string>& words) {
  if (letter.size() != 2 || letter[0] != '-') return letter;
  const auto found = std::ranges::find_if(words, [&](const std::string& word) {
    return word.size() > 2 && word[0] == '-' && word[1] != '-' && word.find(letter[1]) != std::string::npos;
  });
  return found == words.end() ? letter : *found;
}

/// Throws for an unknown option among what cxxopts left over.
void check_unknown(const Syntax& syntax, const std::vector<std::string>& rest, const std::vector<std::string>& words) {
  for (const std::string& word : rest)
    if (word.size() > 1 && word[0] == '-') fail_unknown(whole_word(word, words), syntax);
}

/// Throws unless there are as many words beside the options as the syntax asks for.
void check_count(const Syntax& syntax, const std::vector<std::string>& rest) {
  const std::size_t most = syntax.arguments.size();
  const bool takes_more = most > 0 && syntax.arguments.back().ends_with("...");
  if (rest.size() > most && !takes_more) {
    const bool is_option = options_by_name(syntax).contains(rest[most]);
    throw InputError(
        "unexpected argument " + in_quotes(rest[most]) + " (" + syntax.command + "): " +
        (is_option ? "did you mean \"--" + rest[most] + "\"?" : "leave it out, or quote what belongs together"));
  }
  if (rest.size() < most && !syntax.arguments[rest.size()].starts_with('['))
    throw InputError("no " + syntax.arguments[rest.size()] + " is given (" + syntax.command + "): see \"tinymlp " +
                     syntax.command + " --help\"");
}

/// All values of an option that was given several times.
std::string joined_values(const cxxopts::ParseResult& result, const std::string& name) {
  std::string text;
  for (const cxxopts::KeyValue& pair : result.arguments())
    if (pair.key() == name) text += (text.empty() ? "" : std::string(1, between_values)) + pair.value();
  return text;
}

void check_flags(const std::vector<std::string>& words, const std::map<std::string, const Option*>& all) {
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string::npos) continue;
    const auto found = all.find(word.substr(2, equals - 2));
    if (found != all.end() && found->second->argument.empty())
      throw InputError("a value for a switch (" + word.substr(0, equals) + "): leave " +
                       in_quotes(word.substr(equals)) + " out");
  }
}

[[noreturn]] void fail_without_value(const Option& option) {
  throw InputError("a value is missing (--" + first_name(option) + "): give it as --" + first_name(option) + " " +
                   option.argument);
}

}  // namespace

std::vector<std::string> names_of(const Option& option) {
  std::vector<std::string> names;
  for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
    end = option.names.find(',', begin);
    names.push_back(option.names.substr(begin, end == std::string::npos ? end : end - begin));
  }
  return names;
}

Arguments parse_arguments(const Syntax& syntax, const std::vector<std::string>& words) {
  const auto all = options_by_name(syntax);
  check_flags(words, all);
  cxxopts::Options parser = make_parser(syntax);
  std::vector<const char*> pointers{"tinymlp"};
  for (const std::string& word : words) pointers.push_back(word.c_str());
  cxxopts::ParseResult result;
  try {
    result = parser.parse(static_cast<int>(pointers.size()), pointers.data());
  } catch (const cxxopts::exceptions::missing_argument&) {
    fail_without_value(*all.at(words.back().substr(2)));  // only the last word's can be missing
  } catch (const cxxopts::exceptions::exception& error) {
    throw InputError(std::string(error.what()) + " (" + syntax.command + "): see \"tinymlp " + syntax.command +
                     " --help\"");
  }
  std::vector<std::string> rest = result.unmatched();
  check_unknown(syntax, rest, words);
  std::map<std::string, std::string> given, fallbacks;
  for (const OptionGroup& group : syntax.groups)
    for (const Option& option : group.options) {
      const std::string name = first_name(option);
      if (!option.fallback.empty()) fallbacks[name] = option.fallback;
      const std::size_t count = result.count(name);
      if (count > 1 && !option.repeatable)
        throw InputError("given " + std::to_string(count) + " times (--" + name + "): give it once");
      if (count == 0) continue;
      given[name] = option.argument.empty() ? "true"
                    : option.repeatable     ? joined_values(result, name)
                                            : result[name].as<std::string>();
      if (!option.argument.empty() && (given[name].empty() || given[name].starts_with("--")))
        fail_without_value(option);
    }
  check_count(syntax, rest);
  Arguments arguments(std::move(given), std::move(fallbacks), std::move(rest));
  if (arguments.given("config")) {
    const std::string file = arguments.text("config");
    arguments.add(read_config(file, syntax), file);
  }
  return arguments;
}

bool asks_for_help(const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [](const std::string& word) { return word == "--help" || word == "-h"; });
}

std::string help_text(const Syntax& syntax) {
  std::vector<std::string> titles;  // in this order; cxxopts has none of its own
  for (const OptionGroup& group : syntax.groups) titles.push_back(group.title);
  titles.emplace_back("Help");
  std::string text = without_blanks_at_ends(make_parser(syntax).help(titles));
  if (!syntax.notes.empty()) text += "\n" + syntax.notes;
  text += "\nExamples:\n";
  for (const std::string& example : syntax.examples) text += "  tinymlp " + example + "\n";
  return text;
}

std::optional<std::string> Arguments::optional_text(const std::string& name) const {
  if (const auto found = given_.find(name); found != given_.end()) return found->second;
  if (const auto found = fallbacks_.find(name); found != fallbacks_.end()) return found->second;
  return std::nullopt;
}

std::vector<std::string> Arguments::texts(const std::string& name) const {
  std::vector<std::string> values;
  const auto all = optional_text(name);
  if (!all) return values;
  for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
    end = all->find(between_values, begin);
    values.push_back(all->substr(begin, end == std::string::npos ? end : end - begin));
  }
  return values;
}

Arguments Arguments::with(const std::string& name, const std::optional<std::string>& value) const {
  Arguments other = *this;
  if (value)
    other.given_[name] = *value;
  else
    other.given_.erase(name);
  return other;
}

void Arguments::add(const std::map<std::string, std::string>& values, const std::string& file) {
  for (const auto& [name, value] : values)
    if (given_.emplace(name, value).second) files_[name] = file;
}

std::string Arguments::with_origins(const std::string& message) const {
  std::string text;
  for (std::size_t at = 0; at < message.size();) {
    std::size_t end = at + 2;
    while (end < message.size() && (std::isalnum(static_cast<unsigned char>(message[end])) || message[end] == '-'))
      ++end;
    const bool names_option = message.compare(at, 2, "--") == 0;
    const auto found = names_option ? files_.find(message.substr(at + 2, end - at - 2)) : files_.end();
    if (found == files_.end()) {
      text += message[at++];
      continue;
    }
    text += in_quotes(found->first) + " in " + found->second;
    at = end;
  }
  return text;
}

std::string Arguments::text(const std::string& name) const {
  const auto value = optional_text(name);
  if (!value) throw InputError("--" + name + " is missing: give it");
  return *value;
}

double Arguments::number(const std::string& name, const NumberRange& range) const {
  return parse_number(text(name), "--" + name, range);
}

Index Arguments::whole(const std::string& name, Index lowest, Index highest) const {
  return parse_whole(text(name), "--" + name, lowest, highest);
}

std::uint64_t Arguments::seed(const std::string& name) const { return parse_seed(text(name), "--" + name); }

std::string Arguments::choice(const std::string& name, const std::vector<std::string>& choices) const {
  const std::string value = text(name);
  if (std::ranges::find(choices, value) == choices.end())
    throw InputError(unknown_name(name, value, choices, "--" + name));
  return value;
}

}  // namespace tinymlp::program
