// The directory that --out names: checked before the work, filled after it.
#pragma once
#include <filesystem>
#include <string>

namespace tinymlp::program {

class RunDirectory {
 public:
  /// Writes nothing. Throws InputError if something is there already, unless `force` allows to replace a run.
  RunDirectory(std::filesystem::path path, bool force);

  /// Makes the directory, and those above it. Throws Error with the system's reason.
  void create() const;
  /// Removes the files of an earlier run, so that none of them is taken for one of this.
  void clear() const;
  /// Throws Error.
  void write(const std::string& name, const std::string& contents) const;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tinymlp::program
