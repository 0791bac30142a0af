// A directory for the files of a test.
#pragma once
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace tinymlp {

/// A new directory of its own, gone at the end with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    const std::string letters(6, 'X');  // mkdtemp puts others in their place
    std::string name = (std::filesystem::temp_directory_path() / ("tinymlp-test-" + letters)).string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace tinymlp
