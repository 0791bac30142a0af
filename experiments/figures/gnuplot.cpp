// Runs gnuplot without a shell, and takes what it prints.
#include "figures/gnuplot.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "tinymlp/error.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program; glibc does not

namespace tinymlp::program {

namespace {

std::string reason(int number) { return std::generic_category().message(number); }

/// Both ends of a pipe, closed at the end of its life.
struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw Error("gnuplot cannot be started: " + reason(errno));
  }
  ~Pipe() {
    close(0);
    close(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
  std::array<int, 2> ends{-1, -1};  // to read from, to write to
};

/// What a child process is to do before it becomes another program.
struct FileActions {
  FileActions() { ::posix_spawn_file_actions_init(&actions); }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  posix_spawn_file_actions_t actions;
};

/// Everything until the other side closes.
std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 65536> block;
  for (;;) {
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

std::optional<std::string> run_gnuplot(const std::filesystem::path& directory, const std::string& script) {
  Pipe output;
  FileActions child;
  ::posix_spawn_file_actions_addchdir_np(&child.actions, directory.c_str());
  ::posix_spawn_file_actions_addopen(&child.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&child.actions, output.ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&child.actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string program = "gnuplot", name = script;
  std::array<char*, 3> arguments{program.data(), name.data(), nullptr};
  pid_t process = 0;
  const int failure = ::posix_spawnp(&process, program.c_str(), &child.actions, nullptr, arguments.data(), environ);
  if (failure == ENOENT) return std::nullopt;
  if (failure != 0) throw Error("gnuplot cannot be started: " + reason(failure));
  output.close(1);
  std::string text = read_all(output.ends[0]);
  int status = 0;
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  if (status != 0 || text.empty())
    throw Error("gnuplot failed (" + (directory / script).string() + "): run gnuplot on it there to see why");
  return text;
}

std::string class_colour(std::size_t label) {
  static constexpr std::array colours{"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                      "#E69F00", "#56B4E9", "#F0E442", "#000000"};
  return colours[label % colours.size()];
}

std::string gnuplot_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7F') continue;
    quoted.append(c == '\'' ? 2 : 1, c);
  }
  return quoted + "'";
}

}  // namespace tinymlp::program
