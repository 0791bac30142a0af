// Checks, makes and fills run directories.
#include "output/run_directory.h"

#include <unistd.h>

#include <system_error>
#include <vector>

#include "text.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp::program {

namespace fs = std::filesystem;

namespace {

constexpr const char* checkpoint_folder = "checkpoint";

void remove_file(const fs::path& path) {
  std::error_code failure;
  fs::remove(path, failure);
  if (failure) throw Error("an old file cannot be removed (" + path.string() + "): " + failure.message());
}

}  // namespace

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
  fs::create_directories(path_ / checkpoint_folder, failure);
  if (failure)
    throw Error("the directory cannot be made, " + failure.message() + " (--out " + path_.string() +
                "): name another one");
  if (::access(path_.c_str(), W_OK | X_OK) != 0)
    throw Error("the directory cannot be written to (--out " + path_.string() + "): name another one");
}

void RunDirectory::clear() const {
  for (const char* name :
       {"run.json",  checkpoint_file, "metrics.csv",         "model.safetensors",  "report.html",         "loss.svg",
        "loss.gp",   "boundary.svg",  "boundary.gp",         "boundary.csv",       "boundary-points.csv", "health.csv",
        "health.gp", "health.svg",    "histograms.csv",      "histograms.gp",      "histograms.svg",      "units.csv",
        "units.gp",  "units.svg",     "boundary-frames.csv", "boundary-frames.gp", "boundary-frames.gif"})
    remove_file(path_ / name);
  remove_leftovers();
}

void RunDirectory::remove_leftovers() const {
  for (const fs::path& folder : {path_, path_ / checkpoint_folder}) {
    std::error_code unknown;
    std::vector<fs::path> leftovers;
    for (const auto& entry : fs::directory_iterator(folder, unknown))
      if (is_temporary_file(entry.path())) leftovers.push_back(entry.path());
    for (const fs::path& leftover : leftovers) remove_file(leftover);
  }
}

void RunDirectory::write(const std::string& name, const std::string& contents) const {
  write_file(path_ / name, contents);
}

}  // namespace tinymlp::program
