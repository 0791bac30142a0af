// The kernels chosen for the products of a device, so that each is chosen once.
#pragma once
#include <array>

#include "cpu/gemm.h"
#include "cpu/simd.h"

TINYMLP_BEGIN

/// Whether this build has registers of 512 bits, with which our own kernel is the fastest for every shape.
constexpr bool suits_registers() { return lanes * Index{sizeof(Scalar)} == 64; }

/// The plans made so far, for one thread. Asking libxsmm each time would take 30 to 140 ns.
class GemmCache {
 public:
  GemmPlan operator[](const GemmShape& shape) {
    const Key key = key_of(shape);
    Entry& entry = entries_[(key[0] * 31 + key[1] * 7 + key[2] * 131 + key[3] + (key[0] >> 29)) % count];
    if (entry.key != key) entry = {key, make_gemm(shape)};
    return entry.plan;
  }

 private:
  /// All of a shape in four words, which stay in registers where the struct would go through memory.
  using Key = std::array<std::uint64_t, 4>;
  struct Entry {
    Key key{};
    GemmPlan plan;
  };
  static Key key_of(const GemmShape& s) {
    const auto pair = [](int low, int high) {
      return std::uint64_t{static_cast<std::uint32_t>(low)} | std::uint64_t{static_cast<std::uint32_t>(high)} << 32;
    };
    return {pair(s.rows, s.cols), pair(s.depth, s.a_stride), pair(s.b_stride, s.c_stride),
            static_cast<std::uint64_t>(s.a_transposed) + 2 * static_cast<std::uint64_t>(s.b_transposed) +
                4 * static_cast<std::uint64_t>(s.adds_row)};
  }
  static constexpr std::size_t count = 256;
  std::array<Entry, count> entries_{};
};

TINYMLP_END
