// The directory that --out names: checked before the work, filled after it.
#pragma once
#include <filesystem>
#include <string>
#include <utility>

namespace tinymlp::program {

/// Where a run directory has its checkpoint.
constexpr const char* checkpoint_file = "checkpoint/state.safetensors";

class RunDirectory {
 public:
  /// Writes nothing. Throws InputError if something is there already, unless `force` allows to replace a run.
  RunDirectory(std::filesystem::path path, bool force);

  /// Makes the directory with checkpoint/ in it, and those above it. Throws Error with the system's reason.
  void create() const;
  /// The directory of a run that goes on.
  static RunDirectory of_run(std::filesystem::path path) { return RunDirectory(std::move(path)); }

  /// Removes the files of an earlier run, so that none of them is taken for one of this.
  void clear() const;
  /// Removes what a process that was killed has left half written.
  void remove_leftovers() const;
  /// Throws Error.
  void write(const std::string& name, const std::string& contents) const;

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit RunDirectory(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace tinymlp::program
