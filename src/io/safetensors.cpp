// Reads and writes safetensors. Reading checks all that the header says before it takes memory for any tensor.
#include "tinymlp/io/safetensors.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "io/natural_order.h"
#include "tinymlp/error.h"
#include "tinymlp/io/file.h"

namespace tinymlp {
namespace {

using nlohmann::json;

constexpr std::size_t length_size = 8;                   // bytes of the header's length
constexpr std::uint64_t largest_header = 100'000'000;    // bytes; the limit of the format's own reader
constexpr std::uint64_t largest_dimension = 2147483647;  // what a View can hold
constexpr const char* metadata_key = "__metadata__";

enum class Format { f16, bf16, f32, f64 };

/// What the header says about one tensor.
struct Entry {
  std::string name;
  Format format = Format::f32;
  std::vector<Index> shape;
  std::uint64_t count = 0;           // of values
  std::uint64_t begin = 0, end = 0;  // bytes of the data
};

/// A text from a file in quotes, for a message: short, on one line.
std::string quoted(const std::string& text) {
  return json(text.size() > 60 ? text.substr(0, 60) + "..." : text)
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

[[noreturn]] void fail(const std::string& what, const std::string& file, const std::string& where,
                       const std::string& mend = "expected a complete safetensors file") {
  throw InputError(what + " (" + file + ", " + where + "): " + mend);
}

/// The number of values in `shape`; nothing if a dimension or the product is out of range.
std::optional<std::uint64_t> value_count(const std::vector<Index>& shape) {
  std::uint64_t count = 1;
  for (const Index size : shape) {
    if (size < 0 || static_cast<std::uint64_t>(size) > largest_dimension) return std::nullopt;
    const auto factor = static_cast<std::uint64_t>(size);
    if (factor != 0 && count > std::numeric_limits<std::uint64_t>::max() / 8 / factor) return std::nullopt;
    count *= factor;
  }
  return count;
}

std::uint64_t value_size(Format format) { return format == Format::f64 ? 8 : format == Format::f32 ? 4 : 2; }

// ---- numbers ----

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) number = number << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return number;
}

void append_little_endian(std::string& bytes, std::uint64_t number, std::uint64_t size) {
  for (std::uint64_t i = 0; i < size; ++i) bytes.push_back(static_cast<char>(number >> (8 * i) & 0xFF));
}

/// IEEE 754 half precision: 1 bit of sign, 5 of exponent, 10 of fraction.
double from_half(std::uint64_t bits) {
  const int exponent = static_cast<int>(bits >> 10 & 31);
  const auto fraction = static_cast<double>(bits & 1023);
  const double magnitude = exponent == 0    ? std::ldexp(fraction, -24)
                           : exponent != 31 ? std::ldexp(fraction + 1024, exponent - 25)
                           : fraction == 0  ? std::numeric_limits<double>::infinity()
                                            : std::numeric_limits<double>::quiet_NaN();
  return bits >> 15 ? -magnitude : magnitude;
}

double to_value(std::string_view bytes, Format format) {
  const std::uint64_t bits = little_endian(bytes);
  switch (format) {
    case Format::f16:
      return from_half(bits);
    case Format::bf16:
      return std::bit_cast<float>(static_cast<std::uint32_t>(bits << 16));
    case Format::f32:
      return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
    case Format::f64:
      break;
  }
  return std::bit_cast<double>(bits);
}

// ---- the header ----

/// Parses the header's JSON. The parser would take the last of two equal keys, any depth, and a NUL for the end; all
/// three are refused.
json parse_header(std::string_view text, const std::string& file) {
  const std::size_t nul = text.find('\0');
  if (nul != text.npos) fail("the header holds a NUL", file, "byte " + std::to_string(length_size + nul));
  std::vector<std::set<std::string>> keys;  // of the objects around the place being read
  const auto check = [&](int depth, json::parse_event_t event, const json& parsed) {
    using Event = json::parse_event_t;
    if ((event == Event::object_start || event == Event::array_start) && depth > 2) {
      fail("the header is nested too deeply", file, "header");
    }
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end) keys.pop_back();
    if (event == Event::key && !keys.back().insert(parsed.get<std::string>()).second) {
      fail("the header has two entries " + quoted(parsed.get<std::string>()), file, "header");
    }
    return true;
  };
  try {
    return json::parse(text.begin(), text.end(), check);
  } catch (const json::parse_error& error) {
    fail("the header is not valid JSON", file,
         "byte " + std::to_string(length_size + std::max(error.byte, std::size_t{1}) - 1));
  } catch (const json::exception&) {  // a number beyond the range of double
    fail("the header holds a number out of range", file, "header");
  }
}

std::map<std::string, std::string> parse_metadata(const json& value, const std::string& file) {
  const std::string where = std::string("entry ") + metadata_key;
  if (!value.is_object()) fail("the metadata is no object", file, where);
  std::map<std::string, std::string> metadata;
  for (const auto& [key, text] : value.items()) {
    if (!text.is_string()) fail("the metadata's " + quoted(key) + " is no text", file, where);
    metadata.emplace(key, text.get<std::string>());
  }
  return metadata;
}

/// The numbers of an array of whole numbers from 0 to 2^64 - 1; nothing if `parent[key]` is anything else.
std::optional<std::vector<std::uint64_t>> whole_numbers(const json& parent, const char* key) {
  const auto found = parent.find(key);
  if (found == parent.end() || !found->is_array()) return std::nullopt;
  std::vector<std::uint64_t> numbers;
  for (const json& number : *found) {
    if (!number.is_number_unsigned()) return std::nullopt;
    numbers.push_back(number.get<std::uint64_t>());
  }
  return numbers;
}

Format parse_format(const json& value, const std::string& file, const std::string& where) {
  const auto found = value.find("dtype");
  if (found == value.end() || !found->is_string()) fail("the tensor has no dtype", file, where);
  const auto& dtype = found->get_ref<const std::string&>();
  if (dtype == "F16") return Format::f16;
  if (dtype == "BF16") return Format::bf16;
  if (dtype == "F32") return Format::f32;
  if (dtype == "F64") return Format::f64;
  fail("the tensor's dtype is " + quoted(dtype), file, where, "expected F16, BF16, F32 or F64");
}

Entry parse_entry(const std::string& name, const json& value, const std::string& file) {
  const std::string where = "tensor " + quoted(name);
  if (!value.is_object()) fail("the tensor's entry is no object", file, where);
  Entry entry;
  entry.name = name;
  entry.format = parse_format(value, file, where);

  const auto shape = whole_numbers(value, "shape");
  if (!shape) fail("the tensor's shape is no list of sizes", file, where);
  for (const std::uint64_t size : *shape) {
    if (size > largest_dimension) fail("the tensor's size " + std::to_string(size) + " is too large", file, where);
    entry.shape.push_back(static_cast<Index>(size));
  }
  const auto count = value_count(entry.shape);
  if (!count) fail("the tensor's shape is too large", file, where);
  entry.count = *count;

  const auto offsets = whole_numbers(value, "data_offsets");
  if (!offsets || offsets->size() != 2) fail("the tensor's data_offsets are no two offsets", file, where);
  entry.begin = (*offsets)[0];
  entry.end = (*offsets)[1];
  const std::uint64_t expected = entry.count * value_size(entry.format);
  if (entry.end < entry.begin || entry.end - entry.begin != expected) {
    fail("the tensor's data_offsets are [" + std::to_string(entry.begin) + ", " + std::to_string(entry.end) + "]", file,
         where, "expected " + std::to_string(expected) + " bytes for its shape and dtype");
  }
  return entry;
}

/// Throws unless the entries, once sorted, follow one another from the data's first byte to its last.
void check_layout(std::vector<Entry>& entries, std::uint64_t data_size, const std::string& file) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
  });
  std::uint64_t position = 0;
  for (const Entry& entry : entries) {
    const std::string where = "tensor " + quoted(entry.name);
    const std::string found = " at byte " + std::to_string(entry.begin) + " of the data";
    if (entry.begin < position) fail("the tensor starts inside another," + found, file, where);
    if (entry.begin > position) fail("the tensor leaves a hole before it," + found, file, where);
    if (entry.end > data_size) {
      fail("the tensor ends beyond the file", file, where,
           "expected " + std::to_string(entry.end) + " bytes of data, got " + std::to_string(data_size));
    }
    position = entry.end;
  }
  if (position != data_size) {
    fail("the file goes on after its last tensor", file, std::to_string(data_size - position) + " bytes from its end");
  }
}

}  // namespace

Safetensors parse_safetensors(std::string_view bytes, const std::string& name) {
  if (bytes.size() < length_size) fail("the file has only " + std::to_string(bytes.size()) + " bytes", name, "byte 0");
  const std::uint64_t header_size = little_endian(bytes.substr(0, length_size));
  if (header_size > largest_header || header_size > bytes.size() - length_size) {
    fail("the header of " + std::to_string(header_size) + " bytes ends beyond the file, or its limit", name, "byte 0");
  }
  const std::string_view text = bytes.substr(length_size, header_size);
  const std::string_view data = bytes.substr(length_size + header_size);
  if (!text.starts_with('{')) fail("the header does not start with '{'", name, "byte " + std::to_string(length_size));

  Safetensors contents;
  std::vector<Entry> entries;
  const json header = parse_header(text, name);
  for (const auto& [key, value] : header.items()) {
    if (key == metadata_key) {
      contents.metadata = parse_metadata(value, name);
    } else {
      entries.push_back(parse_entry(key, value, name));
    }
  }
  check_layout(entries, data.size(), name);

  for (Entry& entry : entries) {
    Tensor tensor{std::move(entry.name), std::move(entry.shape), std::vector<double>(entry.count)};
    const std::uint64_t size = value_size(entry.format);
    for (std::uint64_t i = 0; i < entry.count; ++i) {
      tensor.values[i] = to_value(data.substr(entry.begin + i * size, size), entry.format);
    }
    contents.tensors.push_back(std::move(tensor));
  }
  std::sort(contents.tensors.begin(), contents.tensors.end(),
            [](const Tensor& a, const Tensor& b) { return stands_before(a.name, b.name); });
  return contents;
}

Safetensors read_safetensors(const std::filesystem::path& path) {
  return parse_safetensors(read_file(path), path.string());
}

namespace {

/// Appends the numbers of `tensor`.
void append_values(std::string& data, const Tensor& tensor, Dtype dtype) {
  for (const double value : tensor.values) {
    if (dtype == Dtype::f64) {
      append_little_endian(data, std::bit_cast<std::uint64_t>(value), 8);
      continue;
    }
    const auto rounded = static_cast<float>(value);
    if (std::isfinite(value) && !std::isfinite(rounded)) {
      throw InputError("a value of " + std::to_string(value) + " is too large for F32 (tensor " + quoted(tensor.name) +
                       "): write F64, or see why training diverged");
    }
    append_little_endian(data, std::bit_cast<std::uint32_t>(rounded), 4);
  }
}

}  // namespace

std::string format_safetensors(const Safetensors& contents, Dtype dtype) try {
  std::string header, data;
  std::set<std::string> names = {metadata_key};
  if (!contents.metadata.empty()) header = json(metadata_key).dump() + ":" + json(contents.metadata).dump();
  for (const Tensor& tensor : contents.tensors) {
    if (!names.insert(tensor.name).second) {
      throw InputError("two entries have the same name (tensor " + quoted(tensor.name) + "): rename one");
    }
    if (value_count(tensor.shape) != tensor.values.size()) {
      throw ShapeError("the tensor's shape is " + json(tensor.shape).dump() + ", but it has " +
                       std::to_string(tensor.values.size()) + " values (tensor " + quoted(tensor.name) +
                       "): expected as many as the product of the shape");
    }
    const std::size_t begin = data.size();
    append_values(data, tensor, dtype);
    header += (header.empty() ? "" : ",") + json(tensor.name).dump() + ":{\"dtype\":\"" +
              (dtype == Dtype::f32 ? "F32" : "F64") + "\",\"shape\":" + json(tensor.shape).dump() +
              ",\"data_offsets\":" + json({begin, data.size()}).dump() + "}";
  }
  header = "{" + header + "}";
  header.resize((header.size() + 7) / 8 * 8, ' ');  // so that the data start at a multiple of 8
  std::string bytes;
  append_little_endian(bytes, header.size(), length_size);
  return bytes + header + data;
} catch (const json::exception&) {
  throw InputError("a name or metadata text is not UTF-8 (format_safetensors): write UTF-8");
}

}  // namespace tinymlp
