// Tests of tinymlp/io/file.h: what is written comes back, and a write that fails leaves everything as it was.
#include "tinymlp/io/file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include "temporary_directory.h"
#include "tinymlp/error.h"

namespace tinymlp {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(directory_)) found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }

  const TemporaryDirectory temporary_;
  const fs::path& directory_ = temporary_.path();
};

/// The message of the Failure that `act` throws.
template <class Failure, class Act>
std::string message_of(Act act) {
  try {
    act();
  } catch (const Failure& failure) {
    return failure.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

/// Lets no file grow beyond `bytes` while it lives: the disk is full, as far as write_file can tell.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit lower{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &lower);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST_F(FileTest, WhatIsWrittenComesBack) {
  const fs::path path = directory_ / "some.bin";
  for (const std::size_t size : {0u, 1u, 4095u, 4096u, 4097u, 1'000'003u}) {
    std::string contents(size, '\0');
    for (std::size_t i = 0; i < size; ++i) contents[i] = static_cast<char>(i * 7 % 256);
    write_file(path, contents);
    EXPECT_EQ(read_file(path), contents) << size;
  }
  EXPECT_EQ(names(), std::vector<std::string>{"some.bin"});
}

TEST_F(FileTest, WritesARelativePath) {
  const fs::path before = fs::current_path();
  fs::current_path(directory_);
  write_file("here.txt", "here");
  EXPECT_EQ(read_file("here.txt"), "here");
  fs::current_path(before);
  EXPECT_EQ(names(), std::vector<std::string>{"here.txt"});
}

TEST_F(FileTest, TakesTheLongestName) {
  const fs::path path = directory_ / std::string(255, 'n');
  write_file(path, "long");
  EXPECT_EQ(read_file(path), "long");
}

TEST_F(FileTest, AMissingFileIsAnInputErrorWithPathAndReason) {
  const fs::path path = directory_ / "missing.csv";
  EXPECT_EQ(message_of<InputError>([&] { read_file(path); }),
            "cannot read the file (" + path.string() + "): No such file or directory");
}

TEST_F(FileTest, ADirectoryIsNoFile) {
  EXPECT_NE(message_of<InputError>([&] { read_file(directory_); }).find("Is a directory"), std::string::npos);
  const fs::path inner = directory_ / "inner";
  fs::create_directory(inner);
  EXPECT_NE(message_of<Error>([&] { write_file(inner, "text"); }).find("Is a directory"), std::string::npos);
  EXPECT_EQ(names(), std::vector<std::string>{"inner"});
}

TEST_F(FileTest, AMissingDirectoryIsAnErrorThatNamesTheFile) {
  const fs::path path = directory_ / "none" / "file";
  EXPECT_EQ(message_of<Error>([&] { write_file(path, "text"); }),
            "cannot write the file (" + path.string() + "): No such file or directory");
  EXPECT_TRUE(names().empty());
}

TEST_F(FileTest, AFailedWriteLeavesTheOldFileAndNoTemporary) {
  const fs::path path = directory_ / "model";
  write_file(path, "old");
  std::string message;
  {
    const FileSizeLimit limit(1000);
    message = message_of<Error>([&] { write_file(path, std::string(5000, 'n')); });
  }
  EXPECT_EQ(message, "cannot write the file (" + path.string() + "): File too large");
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(names(), std::vector<std::string>{"model"});
}

TEST_F(FileTest, AFailedFirstWriteLeavesNothing) {
  {
    const FileSizeLimit limit(1000);
    EXPECT_THROW(write_file(directory_ / "model", std::string(5000, 'n')), Error);
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(FileTest, AnOpenReaderKeepsTheOldFile) {
  const fs::path path = directory_ / "file", other = directory_ / "second name";
  write_file(path, "old");
  fs::create_hard_link(path, other);
  write_file(path, "new");
  EXPECT_EQ(read_file(path), "new");
  EXPECT_EQ(read_file(other), "old") << "the file was written in place instead of replaced";
}

TEST_F(FileTest, KeepsPermissions) {
  const fs::path path = directory_ / "file";
  write_file(path, "old");
  const mode_t mask = ::umask(0);
  ::umask(mask);
  EXPECT_EQ(static_cast<mode_t>(fs::status(path).permissions()), 0666u & ~mask);
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  write_file(path, "new");
  EXPECT_EQ(static_cast<mode_t>(fs::status(path).permissions()), 0640u);
}

TEST_F(FileTest, ALinkStaysALink) {
  fs::create_directory(directory_ / "inner");
  const fs::path path = directory_ / "inner" / "file", link = directory_ / "link";
  write_file(path, "old");
  fs::create_symlink(fs::path("inner") / "file", link);
  write_file(link, "new");
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(read_file(path), "new");
}

TEST_F(FileTest, ALinkToNowhereIsReplaced) {
  const fs::path link = directory_ / "link";
  fs::create_symlink(directory_ / "nowhere", link);
  write_file(link, "new");
  EXPECT_EQ(read_file(link), "new");
}

TEST_F(FileTest, WritesToDevices) {
  write_file("/dev/null", "text");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_EQ(read_file("/dev/null"), "");
  if (fs::exists("/dev/full")) {
    EXPECT_EQ(message_of<Error>([] { write_file("/dev/full", "text"); }),
              "cannot write the file (/dev/full): No space left on device");
  }
}

TEST_F(FileTest, KnowsItsTemporaryFiles) {
  EXPECT_TRUE(is_temporary_file("run/.tinymlp-123-4.tmp"));
  EXPECT_FALSE(is_temporary_file("run/model.safetensors"));
  EXPECT_FALSE(is_temporary_file("run/.tinymlp-notes"));
}

/// Writes more than a file may hold; the signal of that limit then ends the process in the middle of a write.
void write_beyond_the_limit(const fs::path& path) {
  std::signal(SIGXFSZ, [](int) {
    remove_unfinished_file();
    ::_exit(3);
  });
  const rlimit limit{100, 100};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  write_file(path, std::string(1000, 'x'));
}

TEST_F(FileTest, AnEndInTheMiddleLeavesNoPartialFile) {
  const fs::path path = directory_ / "file";
  write_file(path, "old");
  EXPECT_EXIT(write_beyond_the_limit(path), testing::ExitedWithCode(3), "");
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(directory_), fs::directory_iterator()), 1);
  remove_unfinished_file();  // there is none: nothing happens
  EXPECT_EQ(read_file(path), "old");
}

}  // namespace
}  // namespace tinymlp
