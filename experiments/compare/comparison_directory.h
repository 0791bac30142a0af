// The directory that compare --out fills: while it is at work, with each run that has ended, so that an interrupted
// comparison can go on; in the end with the results alone.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "tinymlp/matrix.h"

namespace tinymlp::program {

class ComparisonDirectory {
 public:
  /// Writes nothing. Throws InputError if there is something that is neither an unfinished comparison nor, with
  /// `force`, a finished one.
  ComparisonDirectory(std::filesystem::path path, bool force);

  /// Makes the directory. Returns whether it holds runs of the same request, to go on from. Throws InputError if they
  /// are of another one and there is no `force`; with it they are removed. To be called once all else is checked.
  bool begin(const std::string& request);

  /// A finished run's text; nothing if it is not there yet.
  std::optional<std::string> run(std::size_t variant, Index seed) const;
  std::string run_name(std::size_t variant, Index seed) const;
  void keep_run(std::size_t variant, Index seed, const std::string& text) const;

  void write(const std::string& name, const std::string& contents) const;
  /// Removes what was kept for going on.
  void finish() const;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path unfinished() const { return path_ / "unfinished"; }
  std::filesystem::path path_;
  bool force_;
};

}  // namespace tinymlp::program
