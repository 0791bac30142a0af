// Runs the program as a user does, in a directory of its own, and looks at what it says and writes.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "temporary_directory.h"

namespace tinymlp::test {

using Json = nlohmann::json;

struct Outcome {
  int status = -1;  // exit status; 128 + signal
  std::string out, err;
};

/// The program at work.
class Running {
 public:
  Running(int process, std::filesystem::path out, std::filesystem::path err)
      : process_(process), out_(std::move(out)), err_(std::move(err)) {}
  void signal(int number) const;
  /// Until this stands on its standard output; a failure if it ends before.
  void wait_for_output(const std::string& part);
  /// Until it ends.
  Outcome wait();

 private:
  friend class ProgramTest;
  bool has_ended();
  int process_;
  std::optional<int> status_ = {};
  std::filesystem::path out_, err_;
};

/// Each test has an empty directory, the program's working directory.
class ProgramTest : public testing::Test {
 protected:
  ProgramTest() { std::filesystem::create_directory(directory_); }

  /// Runs `tinymlp WORDS`, split at blanks, with variables added to the environment. It finds no gnuplot, which would
  /// take most of the time, unless they hold the real PATH.
  Outcome run(const std::string& words, const std::map<std::string, std::string>& variables = {}) const;
  Outcome run(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables) const;
  /// Runs it in a terminal of so many columns that takes colours and UTF-8; `out` is what the terminal got.
  Outcome run_in_terminal(const std::string& words, int columns,
                          const std::map<std::string, std::string>& variables = {}) const;
  /// Starts it, and does not wait.
  Running start(const std::string& words) const;
  /// Until there is such a file; a failure if `program` ends before.
  void wait_for(const std::string& name, Running& program) const;
  /// Runs it, expects exit status 0, and returns what it printed.
  std::string succeed(const std::string& words) const;
  /// Runs it, expects this exit status and one line on standard error that says `part`, and nothing on standard output.
  void expect_error(const std::string& words, int status, const std::string& part) const;

  std::filesystem::path path(const std::string& name) const { return directory_ / name; }
  bool exists(const std::string& name) const { return std::filesystem::exists(path(name)); }
  std::string read(const std::string& name) const;
  void write(const std::string& name, const std::string& contents) const;
  Json read_json(const std::string& name) const { return Json::parse(read(name)); }
  /// The names in the working directory.
  std::vector<std::string> files() const;

 private:
  Running start(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables) const;
  /// Starts it; `out` and `err`: where its output goes.
  int spawn(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables,
            const std::filesystem::path& out, const std::filesystem::path& err) const;
  const TemporaryDirectory temporary_;
  const std::filesystem::path directory_ = temporary_.path() / "work";  // beside its output
};

/// The number that this is; a failure, and NaN, unless it is a finite one. Comparisons of JSON itself hold for null.
double number(const Json& json);

/// The lines of a text, each parsed.
std::vector<Json> json_lines(const std::string& text);
std::vector<std::string> lines(const std::string& text);

}  // namespace tinymlp::test
