// FNV-1a, 64 bits, over names and numbers.
#include "data/fingerprint.h"

#include <bit>
#include <cstdint>
#include <string_view>

namespace tinymlp::program {

namespace {

class Fnv1a {
 public:
  void add(std::uint8_t byte) { hash_ = (hash_ ^ byte) * 0x100000001B3; }
  void add(double number) {
    const auto bits = std::bit_cast<std::uint64_t>(number == 0 ? 0.0 : number);  // -0 and 0 are one number
    for (int shift = 0; shift < 64; shift += 8) add(static_cast<std::uint8_t>(bits >> shift));
  }
  void add(std::string_view text) {
    for (const char c : text) add(static_cast<std::uint8_t>(c));
    add(std::uint8_t{0});  // keeps "ab", "c" apart from "a", "bc"
  }
  std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xCBF29CE484222325;
};

}  // namespace

std::string fingerprint(const DataParts& parts) {
  Fnv1a hash;
  for (const DataSet* part : {&parts.training, &parts.test, &parts.validation}) {
    for (const std::string& name : part->feature_names) hash.add(name);
    for (const std::string& name : part->class_names) hash.add(name);
    for (const std::uint8_t byte : part->bytes) hash.add(byte);
    for (const double number : part->inputs) hash.add(number);
    for (const double number : part->targets) hash.add(number);
  }
  std::string digits(16, '0');
  for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = "0123456789abcdef"[hash.hash() >> (60 - 4 * i) & 15];
  return "fnv1a-64:" + digits;
}

}  // namespace tinymlp::program
