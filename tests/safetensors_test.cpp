// Tests of tinymlp/io/safetensors.h: known bytes, round trips, the order of names, and files that are not what they
// claim.
#include "tinymlp/io/safetensors.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "tinymlp/error.h"
#include "tinymlp/io/file.h"
#include "tinymlp/random.h"

namespace tinymlp {
namespace {

using namespace std::string_literals;

/// A file with this header and these data.
std::string file_of(const std::string& header, const std::string& data) {
  std::string bytes(8, '\0');
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(std::uint64_t{header.size()} >> (8 * i) & 0xFF);
  return bytes + header + data;
}

/// A header's entry.
std::string entry(const std::string& name, const std::string& dtype, const std::string& shape,
                  const std::string& offsets) {
  return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
}

/// The message of the InputError that `act` throws.
std::string message_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const InputError& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

/// Expects that a file with this header and these data is refused, with `part` in the message.
void expect_refused(const std::string& header, const std::string& data, const std::string& part) {
  const std::string message = message_of([&] { parse_safetensors(file_of(header, data), "net.safetensors"); });
  EXPECT_NE(message.find(part), std::string::npos) << header << "\n" << message;
  EXPECT_NE(message.find("(net.safetensors, "), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

/// The same numbers, bit by bit, NaN included.
void expect_same_values(const std::vector<double>& a, const std::vector<double>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(a[i]), std::bit_cast<std::uint64_t>(b[i])) << a[i] << " and " << b[i];
  }
}

/// A small network as a file: weights, biases, metadata and an empty tensor.
Safetensors example() {
  return {{{"0.weight", {3, 2}, {1, -2, 0.5, 3.25, -0.125, 1024}},
           {"0.bias", {3}, {0, -0.0, 7}},
           {"2.weight", {1, 3}, {1, 2, 3}},
           {"2.bias", {1}, {-1}},
           {"none", {0, 4}, {}},
           {"step", {}, {12}}},
          {{"format", "pt"}, {"text", "a \"quoted\" line\n"}}};
}

const float inf = std::numeric_limits<float>::infinity();

TEST(Safetensors, ReadsKnownBytes) {
  const std::string header =
      R"({"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}  )";
  const auto contents = parse_safetensors(file_of(header, "\0\0\x80\x3F\0\0\x20\xC0"s), "known");
  ASSERT_EQ(contents.tensors.size(), 1u);
  EXPECT_EQ(contents.tensors[0].name, "a");
  EXPECT_EQ(contents.tensors[0].shape, (std::vector<Index>{1, 2}));
  EXPECT_EQ(contents.tensors[0].values, (std::vector<double>{1, -2.5}));
  EXPECT_EQ(contents.metadata, (std::map<std::string, std::string>{{"format", "pt"}}));
}

TEST(Safetensors, WritesKnownBytes) {
  const Safetensors contents{{{"b", {2}, {1, -2.5}}, {"a", {}, {0}}}, {{"format", "pt"}}};
  const std::string header = R"({"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                             R"("a":{"dtype":"F32","shape":[],"data_offsets":[8,12]}})";
  ASSERT_NE(header.size() % 8, 0u);  // so that the padding shows
  const std::string padding(8 - header.size() % 8, ' ');
  EXPECT_EQ(format_safetensors(contents, Dtype::f32), file_of(header + padding, "\0\0\x80\x3F\0\0\x20\xC0\0\0\0\0"s));
}

TEST(Safetensors, ComesBackAsWritten) {
  const Safetensors written = example();
  for (const Dtype dtype : {Dtype::f32, Dtype::f64}) {
    const std::string bytes = format_safetensors(written, dtype);
    const Safetensors read = parse_safetensors(bytes, "test");
    EXPECT_EQ(read.metadata, written.metadata);
    ASSERT_EQ(read.tensors.size(), written.tensors.size());
    for (std::size_t i = 0; i < read.tensors.size(); ++i) {
      EXPECT_EQ(read.tensors[i].name, written.tensors[i].name);
      EXPECT_EQ(read.tensors[i].shape, written.tensors[i].shape);
      expect_same_values(read.tensors[i].values, written.tensors[i].values);
    }
    EXPECT_EQ(format_safetensors(read, dtype), bytes);
  }
}

TEST(Safetensors, AnEmptyFileComesBack) {
  const std::string bytes = format_safetensors({}, Dtype::f32);
  EXPECT_EQ(bytes, file_of("{}      ", ""));
  EXPECT_TRUE(parse_safetensors(bytes, "empty").tensors.empty());
}

TEST(Safetensors, KeepsSpecialValues) {
  const double largest = std::numeric_limits<float>::max(), smallest = std::numeric_limits<float>::denorm_min();
  const Safetensors in_float{{{"x", {7}, {inf, -inf, std::nan(""), -0.0, largest, smallest, -smallest}}}, {}};
  for (const Dtype dtype : {Dtype::f32, Dtype::f64}) {
    const auto read = parse_safetensors(format_safetensors(in_float, dtype), "test");
    expect_same_values(read.tensors[0].values, in_float.tensors[0].values);
  }
  const Safetensors in_double{{{"x", {3}, {1.0 / 3, 1e300, std::numeric_limits<double>::denorm_min()}}}, {}};
  const auto read = parse_safetensors(format_safetensors(in_double, Dtype::f64), "test");
  expect_same_values(read.tensors[0].values, in_double.tensors[0].values);
}

TEST(Safetensors, RoundsToFloat) {
  const auto read = parse_safetensors(format_safetensors({{{"x", {1}, {0.1}}}, {}}, Dtype::f32), "test");
  EXPECT_EQ(read.tensors[0].values[0], static_cast<double>(0.1f));
}

TEST(Safetensors, ReadsHalfPrecision) {
  // 1, -2, largest 65504, smallest 2^-24, largest denormal, 1/3 rounded, inf, -0
  const std::string data = "\0\x3C\0\xC0\xFF\x7B\1\0\xFF\3\x55\x35\0\x7C\0\x80"s;
  const auto half = parse_safetensors(file_of("{" + entry("h", "F16", "[8]", "[0,16]") + "}", data), "test");
  expect_same_values(half.tensors[0].values,
                     {1, -2, 65504, std::ldexp(1, -24), std::ldexp(1023, -24), std::ldexp(1365, -12), inf, -0.0});
  const auto nan = parse_safetensors(file_of("{" + entry("h", "F16", "[1]", "[0,2]") + "}", "\1\x7C"s), "test");
  EXPECT_TRUE(std::isnan(nan.tensors[0].values[0]));
  const std::string brain_data = "\x80\x3F\x20\xC0\x80\xFF"s;
  const auto brain = parse_safetensors(file_of("{" + entry("b", "BF16", "[3]", "[0,6]") + "}", brain_data), "test");
  expect_same_values(brain.tensors[0].values, {1, -2.5, -inf});
}

TEST(Safetensors, ReadsTensorsInNaturalOrder) {
  // PyTorch's writer sorts by name; the data of "10.weight" come first, as their offsets say.
  const std::string header = "{" + entry("0.bias", "F32", "[1]", "[4,8]") + "," +
                             entry("0.weight", "F32", "[1]", "[8,12]") + "," +
                             entry("10.weight", "F32", "[1]", "[0,4]") + "," + entry("2.bias", "F32", "[0]", "[4,4]") +
                             "," + entry("2.weight", "F32", "[1]", "[12,16]") + "}";
  const auto contents = parse_safetensors(file_of(header, "\0\0\x80\x40\0\0\0\0\0\0\x80\x3F\0\0\0\x40"s), "test");
  std::vector<std::string> names;
  for (const Tensor& tensor : contents.tensors) names.push_back(tensor.name);
  EXPECT_EQ(names, (std::vector<std::string>{"0.weight", "0.bias", "2.weight", "2.bias", "10.weight"}));
  EXPECT_EQ(contents.tensors[0].values, std::vector<double>{1});
  EXPECT_EQ(contents.tensors[2].values, std::vector<double>{2});
  EXPECT_EQ(contents.tensors[4].values, std::vector<double>{4});
}

TEST(Safetensors, RefusesWhatIsNoSafetensorsFile) {
  for (std::size_t size = 0; size < 8; ++size) {
    EXPECT_THROW(parse_safetensors(std::string(size, '\0'), "short"), InputError);
  }
  EXPECT_EQ(
      message_of([] { parse_safetensors("\x09\0\0\0\0\0\0\0{}      "s, "net"); }),
      "the header of 9 bytes ends beyond the file, or its limit (net, byte 0): expected a complete safetensors file");
  EXPECT_THROW(parse_safetensors(std::string(16, '\xFF'), "huge length"), InputError);
  expect_refused("", "", "does not start with '{'");
  expect_refused(" {}", "", "does not start with '{' (net.safetensors, byte 8)");
  expect_refused("[]", "", "does not start with '{'");
  expect_refused("{", "", "not valid JSON");
  expect_refused("{}x", "", "not valid JSON (net.safetensors, byte 10)");
  expect_refused("{\"\xFF\":1}", "", "not valid JSON");
  expect_refused("{}" + "\0"s, "", "holds a NUL (net.safetensors, byte 10)");
  expect_refused("{\"a\":1e999}", "", "out of range");
  expect_refused("{\"a\":1}", "", "tensor \"a\"): expected");
  expect_refused("{\"line\\nbreak\":[]}", "", "\"line\\nbreak\"");
  expect_refused("{}", "data", "goes on after its last tensor");
}

TEST(Safetensors, RefusesNestingHoweverDeep) {
  for (const std::size_t depth : {3u, 1000u, 1'000'000u}) {
    expect_refused("{\"a\":" + std::string(depth, '['), "", "nested too deeply");
    std::string objects = "{";
    for (std::size_t i = 0; i < depth; ++i) objects += "\"a\":{";
    expect_refused(objects, "", "nested too deeply");
  }
}

TEST(Safetensors, RefusesDuplicates) {
  const std::string once = entry("a", "F32", "[1]", "[0,4]");
  expect_refused("{" + once + "," + once + "}", "four", "two entries \"a\"");
  expect_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"shape\":[2],\"data_offsets\":[0,4]}}", "four", "\"shape\"");
  expect_refused("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}}", "", "two entries \"k\"");
  expect_refused("{\"__metadata__\":{},\"__metadata__\":{}}", "", "two entries \"__metadata__\"");
}

TEST(Safetensors, RefusesMetadataThatIsNoText) {
  for (const char* value : {"1", "null", "[]", "\"pt\"", "{\"k\":1}", "{\"k\":null}", "{\"k\":{}}"}) {
    expect_refused("{\"__metadata__\":"s + value + "}", "", "metadata");
  }
}

TEST(Safetensors, RefusesUnknownTypes) {
  for (const char* dtype : {"I64", "f32", "F32 ", "", "BOOL"}) {
    expect_refused("{" + entry("a", dtype, "[1]", "[0,4]") + "}", "four", "expected F16, BF16, F32 or F64");
  }
  expect_refused("{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", "four", "no dtype");
  expect_refused("{\"a\":{\"dtype\":3,\"shape\":[1],\"data_offsets\":[0,4]}}", "four", "no dtype");
}

TEST(Safetensors, RefusesImpossibleShapes) {
  for (const char* shape :
       {"[-1]", "[1.0]", "[true]", "[\"1\"]", "1", "null", "{}", "[1e2]", "[18446744073709551616]"}) {
    expect_refused("{" + entry("a", "F32", shape, "[0,4]") + "}", "four", "shape is no list of sizes");
  }
  expect_refused("{" + entry("a", "F32", "[2147483648]", "[0,4]") + "}", "four", "size 2147483648 is too large");
  expect_refused("{" + entry("a", "F32", "[18446744073709551615]", "[0,4]") + "}", "four", "too large");
  // 2^30 · 2^30 · 4 · 4 bytes are 2^66, and 2^31 - 1 three times wraps around too.
  expect_refused("{" + entry("a", "F32", "[1073741824,1073741824,4]", "[0,4]") + "}", "four", "shape is too large");
  expect_refused("{" + entry("a", "F32", "[2147483647,2147483647,2147483647]", "[0,4]") + "}", "four", "too large");
  expect_refused("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", "four", "shape");
}

TEST(Safetensors, RefusesWrongOffsets) {
  for (const char* offsets : {"[0]", "[0,4,8]", "[]", "null", "[-4,0]", "[0,4.0]", "{}", "[0,18446744073709551616]"}) {
    expect_refused("{" + entry("a", "F32", "[1]", offsets) + "}", "four", "no two offsets");
  }
  const std::string largest = "[18446744073709551612,18446744073709551615]";
  for (const std::string& offsets : {"[4,0]"s, "[0,8]"s, "[0,3]"s, "[0,0]"s, largest}) {
    expect_refused("{" + entry("a", "F32", "[1]", offsets) + "}", "four", "expected 4 bytes for its shape and dtype");
  }
  expect_refused("{" + entry("a", "F32", "[1]", "[18446744073709551611,18446744073709551615]") + "}", "four", "hole");
  expect_refused("{" + entry("a", "F32", "[2]", "[0,8]") + "}", "seven b", "expected 8 bytes of data, got 7");
  // 1,099,511,627,776 values that are not there must not be allocated.
  expect_refused("{" + entry("a", "F64", "[1048576,1048576]", "[0,8796093022208]") + "}", "four", "beyond the file");
  const auto two = [](const char* first, const char* second) {
    return "{" + entry("a", "F32", "[1]", first) + "," + entry("b", "F32", "[1]", second) + "}";
  };
  expect_refused(two("[0,4]", "[5,9]"), "nine byte", "leaves a hole before it, at byte 5 of the data");
  expect_refused(two("[0,4]", "[3,7]"), "seven b", "starts inside another, at byte 3");
  expect_refused(two("[0,4]", "[0,4]"), "four", "tensor \"b\"");
  expect_refused(two("[4,8]", "[8,12]"), "twelve bytes", "hole before it, at byte 4");
  expect_refused(two("[0,4]", "[4,8]"), "nine byte", "1 bytes from its end");
}

TEST(Safetensors, RefusesEveryTruncation) {
  for (const Dtype dtype : {Dtype::f32, Dtype::f64}) {
    const std::string bytes = format_safetensors(example(), dtype);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      EXPECT_THROW(parse_safetensors(std::string_view(bytes).substr(0, size), "cut"), InputError) << size;
    }
    EXPECT_THROW(parse_safetensors(bytes + '\0', "long"), InputError);
  }
}

TEST(Safetensors, SurvivesDamage) {
  const std::string whole = format_safetensors(example(), Dtype::f32);
  const std::string likely = "\0\xFF{}[]\":,0123456789eE.+-\\ un"s;
  Random random(1, Purpose::check);
  const auto below = [&](std::size_t bound) { return random.below(static_cast<std::uint32_t>(bound)); };
  int read = 0, refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    for (std::uint32_t change = 0, changes = 1 + below(3); change < changes; ++change) {
      const std::size_t place = below(bytes.size());
      const std::uint32_t kind = below(4);
      if (kind == 0) bytes[place] = static_cast<char>(bytes[place] ^ (1 << below(8)));
      if (kind == 1) bytes[place] = likely[below(likely.size())];
      if (kind == 2) bytes.insert(place, 1, likely[below(likely.size())]);
      if (kind == 3) bytes.erase(place, 1);
    }
    try {
      const Safetensors contents = parse_safetensors(bytes, "damaged");
      for (const Tensor& tensor : contents.tensors) ASSERT_LE(tensor.values.size(), bytes.size());
      format_safetensors(contents, Dtype::f64);
      ++read;
    } catch (const InputError&) {
      ++refused;
    }
  }
  EXPECT_GT(read, 500) << "the mutations no longer reach what lies behind the checks";
  EXPECT_GT(refused, 1000);
}

TEST(Safetensors, RefusesToWriteWhatCannotBeRead) {
  const auto format = [](const Safetensors& contents) { return format_safetensors(contents, Dtype::f32); };
  EXPECT_THROW(format({{{"a", {2, 3}, {1, 2, 3, 4, 5}}}, {}}), ShapeError);
  EXPECT_THROW(format({{{"a", {-1, -1}, {1}}}, {}}), ShapeError);
  EXPECT_THROW(format({{{"a", {1}, {1}}, {"a", {1}, {1}}}, {}}), InputError);
  EXPECT_THROW(format({{{"__metadata__", {1}, {1}}}, {}}), InputError);
  EXPECT_THROW(format({{{"\xFF", {1}, {1}}}, {}}), InputError);
  EXPECT_THROW(format({{}, {{"k", "\xFF"}}}), InputError);
  const std::string message = message_of([&] { format({{{"0.weight", {1}, {1e39}}}, {}}); });
  EXPECT_NE(message.find("tensor \"0.weight\""), std::string::npos) << message;
  EXPECT_NO_THROW(format_safetensors({{{"a", {1}, {1e39}}}, {}}, Dtype::f64));
}

TEST(Safetensors, ReadsFiles) {
  const auto path = std::filesystem::temp_directory_path() / "tinymlp-safetensors-test.safetensors";
  write_file(path, format_safetensors(example(), Dtype::f32));
  EXPECT_EQ(read_safetensors(path).tensors.size(), example().tensors.size());
  write_file(path, "no tensors here");
  EXPECT_NE(message_of([&] { read_safetensors(path); }).find(path.string()), std::string::npos);
  std::filesystem::remove(path);
  EXPECT_THROW(read_safetensors(path), InputError);
}

}  // namespace
}  // namespace tinymlp
