// Checks, makes and fills run directories.
#include "output/run_directory.h"

#include <unistd.h>

#include <system_error>

#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace fs = std::filesystem;

RunDirectory::RunDirectory(fs::path path, bool force) : path_(std::move(path)) {
  std::error_code unknown;
  const std::string where = " (--out " + path_.string() + "): ";
  if (!fs::exists(path_, unknown)) return;
  if (!fs::is_directory(path_, unknown)) throw InputError("a file is in the way" + where + "name another directory");
  const bool is_empty = fs::is_empty(path_, unknown);
  if (is_empty || force) return;
  throw InputError((fs::exists(path_ / "run.json", unknown) ? "there is a run already" : "the directory is not empty") +
                   where + "name another one, or add --force to replace a run there");
}

void RunDirectory::create() const {
  std::error_code failure;
  fs::create_directories(path_, failure);
  if (failure)
    throw Error("the directory cannot be made, " + failure.message() + " (--out " + path_.string() +
                "): name another one");
  if (::access(path_.c_str(), W_OK | X_OK) != 0)
    throw Error("the directory cannot be written to (--out " + path_.string() + "): name another one");
}

void RunDirectory::clear() const {
  for (const char* name : {"run.json", "metrics.csv", "model.safetensors", "loss.svg", "loss.gp", "boundary.svg",
                           "boundary.gp", "boundary.csv", "boundary-points.csv"}) {
    std::error_code failure;
    fs::remove(path_ / name, failure);
    if (failure) throw Error("an old file cannot be removed (" + (path_ / name).string() + "): " + failure.message());
  }
}

void RunDirectory::write(const std::string& name, const std::string& contents) const {
  write_file(path_ / name, contents);
}

}  // namespace tinymlp::program
