// CSV as files: read, written, and the same in every locale.
#include <gtest/gtest.h>
#include <unistd.h>

#include <clocale>
#include <filesystem>
#include <locale>
#include <sstream>

#include "csv_texts.h"
#include "temporary_directory.h"
#include "tinymlp/generators.h"
#include "tinymlp/io/file.h"

namespace tinymlp {
namespace {

namespace fs = std::filesystem;

// ---- files ----

class CsvFileTest : public testing::Test {
 protected:
  const TemporaryDirectory temporary_;
  const fs::path& directory_ = temporary_.path();
};

TEST_F(CsvFileTest, IsReadUnderItsName) {
  write_file(directory_ / "wine.csv", "a,y\n1,b\n2,c\n");
  EXPECT_EQ(read_csv(directory_ / "wine.csv").name, "wine.csv");
  EXPECT_EQ(read_csv(directory_ / "wine.csv").rows(), 2);
}

TEST_F(CsvFileTest, IsNamedInErrors) {
  const auto error = [](const fs::path& path) -> std::string {
    try {
      read_csv(path);
    } catch (const InputError& failure) {
      return failure.what();
    }
    return "nothing was thrown";
  };
  write_file(directory_ / "bad.csv", "a,y\n1,b\nx,c\n");
  EXPECT_NE(error(directory_ / "bad.csv").find("(" + (directory_ / "bad.csv").string() + ", line 3,"),
            std::string::npos);
  EXPECT_NE(error(directory_ / "none.csv").find("none.csv"), std::string::npos);
  EXPECT_NE(error(directory_).find(directory_.string()), std::string::npos);
  if (::geteuid() != 0) {
    fs::permissions(directory_ / "bad.csv", fs::perms::none);
    EXPECT_NE(error(directory_ / "bad.csv").find("bad.csv"), std::string::npos);
  }
}

// ---- writing ----

std::string written(const DataSet& data) {
  std::ostringstream stream;
  write_csv(stream, data);
  return stream.str();
}

TEST(WriteCsv, WritesShortestNumbersAndQuotesWhereNeeded) {
  DataSet data = parse("\"a,b\",\"say \"\"x\"\"\",kind\n0.1,-3,\" cat\"\n1e300,2.50,dog\n");
  EXPECT_EQ(written(data), "\"a,b\",\"say \"\"x\"\"\",kind\n0.1,-3,\" cat\"\n1e+300,2.5,dog\n");
  data.inputs.clear();
  data.bytes = {0, 255, 7, 42};
  EXPECT_EQ(written(data), "\"a,b\",\"say \"\"x\"\"\",kind\n0,255,\" cat\"\n7,42,dog\n");
}

TEST(WriteCsv, WhatItWritesReadsBackTheSame) {
  for (const Generator& generator : generators()) {
    const DataSet data = generate(generator.name, {.samples = generator.default_samples, .noise = {}, .seed = 4});
    expect_same(parse(written(data)), data);
  }
  expect_same(parse(written(parse("a\tb\n1\t\"x;y\"\n2\t\"p\tq\"\n3\t\"l\r\nm\"\n"))),
              parse("a\tb\n1\t\"x;y\"\n2\t\"p\tq\"\n3\t\"l\r\nm\"\n"));
}

TEST(WriteCsv, FailsWithTheStream) {
  std::ostringstream stream;
  stream.setstate(std::ios::badbit);
  EXPECT_THROW(write_csv(stream, generate("xor4")), Error);
}

struct CommaPoint : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(Csv, IsTheSameInEveryLocale) {
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new CommaPoint));
  for (const char* name : {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8"})
    if (std::setlocale(LC_ALL, name)) break;
  const DataSet data = parse("x,y\n1234.5,0.25\n-5000,1e6\n");
  const std::string text = written(data);
  std::locale::global(before);
  std::setlocale(LC_ALL, "C");
  EXPECT_EQ(data.inputs, (Numbers{1234.5, -5000}));
  EXPECT_EQ(text, "x,y\n1234.5,0.25\n-5000,1e+06\n");
}

}  // namespace
}  // namespace tinymlp
