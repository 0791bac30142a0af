#include "compare/comparison_directory.h"

#include <system_error>

#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace fs = std::filesystem;

ComparisonDirectory::ComparisonDirectory(fs::path path, bool force) : path_(std::move(path)), force_(force) {
  std::error_code unknown;
  const std::string where = " (--out " + path_.string() + "): ";
  if (!fs::exists(path_, unknown)) return;
  if (!fs::is_directory(path_, unknown)) throw InputError("a file is in the way" + where + "name another directory");
  if (fs::is_empty(path_, unknown) || fs::exists(unfinished(), unknown)) return;
  const bool finished = fs::exists(path_ / "comparison.json", unknown);
  if (finished && force_) return;
  throw InputError((finished ? "there is a comparison already" : "the directory is not empty") + where +
                   (finished ? "name another one, or add --force to replace it" : "name another one"));
}

bool ComparisonDirectory::begin(const std::string& request) {
  std::error_code failure;
  const fs::path file = unfinished() / "request.json";
  if (fs::exists(file, failure)) {
    if (read_file(file) == request) return true;
    if (!force_)
      throw InputError("an unfinished comparison with other settings is there (--out " + path_.string() +
                       "): give its settings to go on, name another directory, or add --force to replace it");
    fs::remove_all(unfinished(), failure);
  }
  fs::create_directories(unfinished(), failure);
  if (failure)
    throw Error("the directory cannot be made, " + failure.message() + " (--out " + path_.string() +
                "): name another one");
  write_file(file, request);
  return false;
}

std::optional<std::string> ComparisonDirectory::kept(const std::string& name) const {
  std::error_code unknown;
  if (!fs::exists(kept_file(name), unknown)) return std::nullopt;
  return read_file(kept_file(name));
}

void ComparisonDirectory::keep(const std::string& name, const std::string& text) const {
  write_file(kept_file(name), text);
}

void ComparisonDirectory::write(const std::string& name, const std::string& contents) const {
  write_file(path_ / name, contents);
}

void ComparisonDirectory::finish() const {
  std::error_code failure;
  fs::remove_all(unfinished(), failure);
  if (failure)
    throw Error("what was kept to go on cannot be removed (" + unfinished().string() + "): " + failure.message());
}

}  // namespace tinymlp::program
