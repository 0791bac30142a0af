// One SIMD register of Scalars, with loads and stores of its first few lanes. Only files in src/cpu/ may include this.
#pragma once
#include <algorithm>
#include <array>

#include "cpu/xsimd_versions.h"

#include "tinymlp/map.h"

TINYMLP_BEGIN

using Batch = xsimd::batch<Scalar>;
constexpr Index lanes = static_cast<Index>(Batch::size);

inline Batch load(const Scalar* from) { return Batch::load_unaligned(from); }
inline void store(Scalar* to, Batch value) { value.store_unaligned(to); }

// The first `count` lanes, 0 < count < lanes; loads fill the others with zeros.
// keep_first() makes them zeros in a register.
#if defined(__AVX512F__) && !defined(TINYMLP_DOUBLE)
inline __mmask16 first_lanes(Index count) { return static_cast<__mmask16>((1U << count) - 1U); }
inline Batch load_first(const Scalar* from, Index count) { return _mm512_maskz_loadu_ps(first_lanes(count), from); }
inline void store_first(Scalar* to, Batch value, Index count) { _mm512_mask_storeu_ps(to, first_lanes(count), value); }
inline Batch keep_first(Batch value, Index count) { return _mm512_maskz_mov_ps(first_lanes(count), value); }
#elif defined(__AVX512F__)
inline __mmask8 first_lanes(Index count) { return static_cast<__mmask8>((1U << count) - 1U); }
inline Batch load_first(const Scalar* from, Index count) { return _mm512_maskz_loadu_pd(first_lanes(count), from); }
inline void store_first(Scalar* to, Batch value, Index count) { _mm512_mask_storeu_pd(to, first_lanes(count), value); }
inline Batch keep_first(Batch value, Index count) { return _mm512_maskz_mov_pd(first_lanes(count), value); }
#else
inline Batch load_first(const Scalar* from, Index count) {
  alignas(64) Scalar buffer[lanes] = {};
  for (Index i = 0; i < count; ++i) buffer[i] = from[i];
  return Batch::load_aligned(buffer);
}
inline void store_first(Scalar* to, Batch value, Index count) {
  alignas(64) Scalar buffer[lanes];
  value.store_aligned(buffer);
  for (Index i = 0; i < count; ++i) to[i] = buffer[i];
}
inline Batch keep_first(Batch value, Index count) {
  alignas(64) Scalar buffer[lanes];
  value.store_aligned(buffer);
  return load_first(buffer, count);
}
#endif

/// The same for 0 < count <= lanes.
inline Batch load_up_to(const Scalar* from, Index count) {
  return count == lanes ? load(from) : load_first(from, count);
}
inline void store_up_to(Scalar* to, Batch value, Index count) {
  count == lanes ? store(to, value) : store_first(to, value, count);
}

/// a b + c, rounded once where the processor can: xsimd 8 multiplies and adds on 512 bits.
inline Batch multiply_add(Batch a, Batch b, Batch c) {
#if defined(__AVX512F__) && !defined(TINYMLP_DOUBLE)
  return _mm512_fmadd_ps(a, b, c);
#elif defined(__AVX512F__)
  return _mm512_fmadd_pd(a, b, c);
#else
  return xsimd::fma(a, b, c);
#endif
}

/// x where it is on the right side of the bound, else the bound; NaN stays NaN. xsimd's own min and max return a NaN
/// that comes second up to version 13, one that comes first from 14 on. The instructions return their second operand.
inline Batch at_most(Batch x, Batch bound) {
#ifdef TINYMLP_DOUBLE
  return xsimd::select(bound < x, bound, x);
#elif defined(__AVX512F__)
  return _mm512_min_ps(bound, x);
#elif defined(__AVX__)
  return _mm256_min_ps(bound, x);
#elif defined(__SSE2__)
  return _mm_min_ps(bound, x);
#else
  return xsimd::select(bound < x, bound, x);
#endif
}
inline Batch at_least(Batch x, Batch bound) {
#ifdef TINYMLP_DOUBLE
  return xsimd::select(x < bound, bound, x);
#elif defined(__AVX512F__)
  return _mm512_max_ps(bound, x);
#elif defined(__AVX__)
  return _mm256_max_ps(bound, x);
#elif defined(__SSE2__)
  return _mm_max_ps(bound, x);
#else
  return xsimd::select(x < bound, bound, x);
#endif
}

/// The total of each register's numbers.
inline std::array<Scalar, 4> sums_of_4(Batch a, Batch b, Batch c, Batch d) {
#if defined(__AVX512F__) && !defined(TINYMLP_DOUBLE)
  const Batch ab = Batch(_mm512_unpacklo_ps(a, b)) + Batch(_mm512_unpackhi_ps(a, b));
  const Batch cd = Batch(_mm512_unpacklo_ps(c, d)) + Batch(_mm512_unpackhi_ps(c, d));
  const Batch abcd = Batch(_mm512_shuffle_ps(ab, cd, 0x44)) + Batch(_mm512_shuffle_ps(ab, cd, 0xee));
  const __m256 half = _mm256_add_ps(_mm512_castps512_ps256(abcd), _mm512_extractf32x8_ps(abcd, 1));
  std::array<Scalar, 4> sums;
  _mm_storeu_ps(sums.data(), _mm_add_ps(_mm256_castps256_ps128(half), _mm256_extractf128_ps(half, 1)));
  return sums;
#else
  return {total_of(a), total_of(b), total_of(c), total_of(d)};
#endif
}

/// The sum of x: (size), in an order that depends on the size alone.
inline Scalar sum(const Scalar* x, Index size) {
  Batch total(Scalar(0));
  for (Index i = 0; i < size; i += lanes) total += load_up_to(x + i, std::min<Index>(lanes, size - i));
  return total_of(total);
}

/// The SIMD kernel of a formula. The tail is a partly filled register, never a call for one number: a formula's scalar
/// version compiled here, with this machine's instructions, would share its name with the portable one elsewhere.
template <class Op>
void simd_map(const MapCall& call, void*) {
  const Op op = *static_cast<const Op*>(call.op);
  const auto inputs = call.inputs;
  const auto outputs = call.outputs;
  Batch total(Scalar(0));
  const Index size = call.size;
  Index i = 0;
  for (; i + lanes <= size; i += lanes)
    apply(
        op, [&](std::size_t k) { return load(inputs[k] + i); },
        [&](std::size_t k, Batch y) { store(outputs[k] + i, y); }, [&](Batch added) { total += added; });
  if (const Index rest = size - i; rest > 0)
    apply(
        op, [&](std::size_t k) { return load_first(inputs[k] + i, rest); },
        [&](std::size_t k, Batch y) { store_first(outputs[k] + i, y, rest); },
        [&](Batch added) { total += keep_first(added, rest); });  // the others hold what the formula makes of zeros
  if (call.sum) *call.sum = total_of(total);
}

TINYMLP_END
