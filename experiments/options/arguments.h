// What a command takes on its command line, and what one call gave it. Wraps cxxopts, so that every mistake becomes one
// InputError that names the option and, where a name is misspelt, the nearest right one.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "options/numbers.h"
#include "tinymlp/matrix.h"

namespace tinymlp::program {

struct Option {
  std::string names;     // "learning-rate,lr": its name, then another for the same
  std::string argument;  // what stands for its value in the help: "X"; empty for a flag
  std::string help;
  std::string fallback = {};  // its value where none is given; empty: none
  bool repeatable = false;    // may be given several times
};

struct OptionGroup {
  std::string title;
  std::vector<Option> options;
};

/// A command as its help shows it.
struct Syntax {
  std::string command;                 // "evaluate"
  std::vector<std::string> arguments;  // what stands before the options: "MODEL", or "[MODEL]" if it may be left out;
                                       // "ID...", as the last one: one or more
  std::string usage;                   // the rest of the usage line
  std::string summary;
  std::vector<OptionGroup> groups;
  std::string notes;                  // paragraphs below the options
  std::vector<std::string> examples;  // command lines without "tinymlp"
};

/// All names of an option, the first one first.
std::vector<std::string> names_of(const Option& option);

/// What a call gave. Every function takes an option's first name, which the syntax must hold.
class Arguments {
 public:
  Arguments(std::map<std::string, std::string> given, std::map<std::string, std::string> fallbacks,
            std::vector<std::string> words)
      : given_(std::move(given)), fallbacks_(std::move(fallbacks)), words_(std::move(words)) {}

  bool given(const std::string& name) const { return given_.contains(name); }
  bool flag(const std::string& name) const { return given(name); }
  /// Whether it was given in a file, and not in words.
  bool is_of_file(const std::string& name) const { return files_.contains(name); }
  /// The value, or the fallback; throws InputError where there is neither.
  std::string text(const std::string& name) const;
  /// The value, or the fallback, or nothing.
  std::optional<std::string> optional_text(const std::string& name) const;
  /// Each value of a repeatable option, in their order.
  std::vector<std::string> texts(const std::string& name) const;
  /// The same call with this option given so, or, with no value, not given.
  Arguments with(const std::string& name, const std::optional<std::string>& value) const;

  /// The same as numbers. Throw InputError, with the option, the text and the range, unless it is one in it.
  double number(const std::string& name, const NumberRange& range = {}) const;
  Index whole(const std::string& name, Index lowest, Index highest) const;
  std::uint64_t seed(const std::string& name) const;
  /// The value, one of these. Throws InputError with the nearest.
  std::string choice(const std::string& name, const std::vector<std::string>& choices) const;

  /// Takes options from a file (see config.h) that were not given otherwise.
  void add(const std::map<std::string, std::string>& values, const std::string& file);
  /// A message that names options as "--epochs": those that came from a file are named as they stand there.
  std::string with_origins(const std::string& message) const;

  /// What stands beside the options, as many as the syntax asks for; those that may be left out perhaps not.
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::map<std::string, std::string> given_, fallbacks_;
  std::map<std::string, std::string> files_;  // of the options that came from one
  std::vector<std::string> words_;
};

/// Throws InputError for whatever does not follow the syntax, also in the file that --config names.
Arguments parse_arguments(const Syntax& syntax, const std::vector<std::string>& words);

/// Whether --help or -h is among the words.
bool asks_for_help(const std::vector<std::string>& words);

/// The page that --help prints.
std::string help_text(const Syntax& syntax);

}  // namespace tinymlp::program
