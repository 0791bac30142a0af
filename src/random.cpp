#include "tinymlp/random.h"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

namespace tinymlp {

void Random::next_block() {
  const r123::Philox4x32::ctr_type counter{
      {purpose_, step_, static_cast<std::uint32_t>(index_), static_cast<std::uint32_t>(index_ >> 32)}};
  const r123::Philox4x32::key_type key{{static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
  const auto words = r123::Philox4x32{}(counter, key);
  block_ = {words[0], words[1], words[2], words[3]};
  ++index_;
  lane_ = 0;
}

double Random::uniform() {
  const std::uint64_t high = bits(), low = bits();
  // 52 bits and a half: an odd multiple of 2^-53, which a double holds exactly. One bit more, and the largest would
  // round to 1.
  return (static_cast<double>((high << 20) | (low >> 12)) + 0.5) * 0x1p-52;
}

double Random::normal() {
  if (has_normal_) {
    has_normal_ = false;
    return normal_;
  }
  const double radius = std::sqrt(-2 * std::log(uniform())), angle = 2 * std::numbers::pi * uniform();
  normal_ = radius * std::sin(angle);
  has_normal_ = true;
  return radius * std::cos(angle);
}

std::uint32_t Random::below(std::uint32_t bound) {
  std::uint64_t product = std::uint64_t{bits()} * bound;
  if (static_cast<std::uint32_t>(product) < bound)  // the first few of each residue would come up too often
    for (const std::uint32_t reject = (0U - bound) % bound; static_cast<std::uint32_t>(product) < reject;)
      product = std::uint64_t{bits()} * bound;
  return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace tinymlp
