// The directory that compare --out fills: while it is at work, with each run that has ended, those of tuning as well,
// so that an interrupted comparison can go on; in the end with the results alone.
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

  /// The text that was kept under a name, as "run-1-20"; nothing if there is none.
  std::optional<std::string> kept(const std::string& name) const;
  void keep(const std::string& name, const std::string& text) const;
  /// Where it is.
  std::string kept_file(const std::string& name) const { return (unfinished() / (name + ".json")).string(); }

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
