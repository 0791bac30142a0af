// Starts the program with posix_spawn, its output going to files.
#include "program.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

extern char** environ;

namespace tinymlp::test {

namespace fs = std::filesystem;

namespace {

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> split(const std::string& words) {
  std::istringstream stream(words);
  std::vector<std::string> parts;
  for (std::string word; stream >> word;) parts.push_back(word);
  return parts;
}

}  // namespace

void Running::signal(int number) const {
  if (process_ > 0) ::kill(process_, number);
}

bool Running::has_ended() {
  int status = 0;
  if (!status_ && ::waitpid(process_, &status, WNOHANG) == process_) status_ = status;
  return status_.has_value();
}

void Running::wait_for_output(const std::string& part) {
  while (contents(out_).find(part) == std::string::npos) {
    if (has_ended()) FAIL() << "it ended: " << contents(err_);
    ::sched_yield();
  }
}

Outcome Running::wait() {
  int status = status_.value_or(0);
  if (!status_ && process_ > 0) ::waitpid(process_, &status, 0);
  status_ = status;
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), contents(out_), contents(err_)};
}

void ProgramTest::wait_for(const std::string& name, Running& program) const {
  while (!exists(name)) {
    if (program.has_ended()) FAIL() << "it ended: " << program.wait().err;
    ::sched_yield();
  }
}

int ProgramTest::spawn(const std::vector<std::string>& words, const std::map<std::string, std::string>& variables,
                       const fs::path& out, const fs::path& err) const {
  std::vector<std::string> arguments{"tinymlp"}, environment;
  arguments.insert(arguments.end(), words.begin(), words.end());
  for (char** variable = environ; *variable; ++variable) environment.emplace_back(*variable);
  std::map<std::string, std::string> set{{"PATH", "/nowhere"}, {"COLUMNS", ""}, {"NO_COLOR", ""}};
  for (const auto& [name, value] : variables) set[name] = value;
  for (const auto& [name, value] : set) {
    std::erase_if(environment, [&](const std::string& text) { return text.starts_with(name + "="); });
    environment.push_back(name + "=" + value);
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, directory_.c_str());
  pid_t process = 0;
  const int failure = posix_spawn(&process, TINYMLP_PROGRAM, &actions, nullptr, pointers(arguments).data(),
                                  pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  EXPECT_EQ(failure, 0) << "cannot start " << TINYMLP_PROGRAM;
  return process;
}

Running ProgramTest::start(const std::vector<std::string>& words,
                           const std::map<std::string, std::string>& variables) const {
  const fs::path out = directory_.parent_path() / "out", err = directory_.parent_path() / "err";
  return {spawn(words, variables, out, err), out, err};
}

Outcome ProgramTest::run_in_terminal(const std::string& words, int columns,
                                     const std::map<std::string, std::string>& variables) const {
  const int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) {
    ADD_FAILURE() << "there is no pseudo-terminal";
    return {};
  }
  const fs::path name = ptsname(terminal);
  const int side = open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);  // without it what is read ends too early
  winsize size{};
  size.ws_row = 50;
  size.ws_col = static_cast<unsigned short>(columns);
  ioctl(side, TIOCSWINSZ, &size);
  std::map<std::string, std::string> set{
      {"TERM", "xterm-256color"}, {"LC_ALL", ""}, {"LC_CTYPE", ""}, {"LANG", "C.UTF-8"}, {"COLORTERM", "truecolor"}};
  for (const auto& [variable, value] : variables) set[variable] = value;
  const int process = spawn(split(words), set, name, name);
  ::close(side);
  Outcome outcome;
  std::array<char, 4096> block;
  for (ssize_t count = 0; (count = ::read(terminal, block.data(), block.size())) > 0;)
    outcome.out.append(block.data(), static_cast<std::size_t>(count));
  ::close(terminal);
  int status = 0;
  ::waitpid(process, &status, 0);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

Running ProgramTest::start(const std::string& words) const { return start(split(words), {}); }

Outcome ProgramTest::run(const std::vector<std::string>& words,
                         const std::map<std::string, std::string>& variables) const {
  return start(words, variables).wait();
}

Outcome ProgramTest::run(const std::string& words, const std::map<std::string, std::string>& variables) const {
  return run(split(words), variables);
}

std::string ProgramTest::succeed(const std::string& words) const {
  const Outcome outcome = run(words);
  EXPECT_EQ(outcome.status, 0) << words << "\n" << outcome.err;
  return outcome.out;
}

void ProgramTest::expect_error(const std::string& words, int status, const std::string& part) const {
  const Outcome outcome = run(words);
  EXPECT_EQ(outcome.status, status) << words;
  EXPECT_EQ(outcome.out, "") << words;
  EXPECT_TRUE(outcome.err.starts_with("tinymlp: error: ")) << words << "\n" << outcome.err;
  EXPECT_EQ(std::ranges::count(outcome.err, '\n'), 1) << words << "\n" << outcome.err;
  EXPECT_TRUE(outcome.err.ends_with('\n')) << words;
  EXPECT_NE(outcome.err.find(part), std::string::npos) << words << "\nexpected: " << part << "\ngot: " << outcome.err;
}

std::string ProgramTest::read(const std::string& name) const {
  EXPECT_TRUE(exists(name)) << name;
  return contents(path(name));
}

void ProgramTest::write(const std::string& name, const std::string& text) const {
  std::ofstream file(path(name), std::ios::binary);
  file << text;
}

std::vector<std::string> ProgramTest::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(directory_))
    names.push_back(fs::relative(entry.path(), directory_).string());
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> all;
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

double number(const Json& json) {
  if (json.is_number() && std::isfinite(json.get<double>())) return json.get<double>();
  ADD_FAILURE() << "no finite number: " << json.dump();
  return std::numeric_limits<double>::quiet_NaN();
}

std::vector<Json> json_lines(const std::string& text) {
  std::vector<Json> all;
  for (const std::string& line : lines(text)) all.push_back(Json::parse(line));
  return all;
}

}  // namespace tinymlp::test
