// Compiled for several sets of instructions at once, of which the processor's own is chosen when the program runs: a
// portable build has the same limits as any other.
#include "cpu/limit_kernels.h"

#include <array>
#include <cmath>
#include <cstddef>
#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace tinymlp {

namespace {

// A processor begins two multiply-adds in each cycle and ends them four cycles later: eight chains keep it busy. Each
// converges to summand / (1 - factor), so that no number becomes too large or too small.
constexpr std::size_t chains = 12;
constexpr float factor = 0.5F, summand = 0.25F;
constexpr std::size_t readers = 8;  // sums, for the same reason

template <std::size_t count>
float sum_of(const std::array<float, count>& numbers) {
  float sum = 0;
  for (const float number : numbers) sum += number;
  return sum;
}

float sum_of(const float* begin, const float* end) {
  float sum = 0;
  for (; begin != end; ++begin) sum += *begin;
  return sum;
}

#ifdef __x86_64__

__attribute__((target("avx512f"))) float multiply_add_avx512(Index rounds) {
  const __m512 f = _mm512_set1_ps(factor), s = _mm512_set1_ps(summand);
  __m512 sums[chains];
  for (__m512& sum : sums) sum = s;
  for (Index round = 0; round < rounds; ++round)
    for (__m512& sum : sums) sum = _mm512_fmadd_ps(sum, f, s);
  __m512 total = _mm512_setzero_ps();
  for (const __m512& sum : sums) total = _mm512_add_ps(total, sum);
  alignas(64) std::array<float, 16> numbers{};
  _mm512_store_ps(numbers.data(), total);
  return sum_of(numbers);
}

__attribute__((target("avx512f"))) float read_all_avx512(const float* from, Index count) {
  constexpr Index lanes = 16, stride = lanes * static_cast<Index>(readers);
  __m512 sums[readers];
  for (__m512& sum : sums) sum = _mm512_setzero_ps();
  Index i = 0;
  for (; i + stride <= count; i += stride)
    for (std::size_t k = 0; k < readers; ++k)
      sums[k] = _mm512_add_ps(sums[k], _mm512_loadu_ps(from + i + lanes * static_cast<Index>(k)));
  __m512 total = _mm512_setzero_ps();
  for (const __m512& sum : sums) total = _mm512_add_ps(total, sum);
  alignas(64) std::array<float, 16> numbers{};
  _mm512_store_ps(numbers.data(), total);
  return sum_of(numbers) + sum_of(from + i, from + count);
}

__attribute__((target("avx2,fma"))) float multiply_add_avx2(Index rounds) {
  const __m256 f = _mm256_set1_ps(factor), s = _mm256_set1_ps(summand);
  __m256 sums[chains];
  for (__m256& sum : sums) sum = s;
  for (Index round = 0; round < rounds; ++round)
    for (__m256& sum : sums) sum = _mm256_fmadd_ps(sum, f, s);
  __m256 total = _mm256_setzero_ps();
  for (const __m256& sum : sums) total = _mm256_add_ps(total, sum);
  alignas(32) std::array<float, 8> numbers{};
  _mm256_store_ps(numbers.data(), total);
  return sum_of(numbers);
}

__attribute__((target("avx2,fma"))) float read_all_avx2(const float* from, Index count) {
  constexpr Index lanes = 8, stride = lanes * static_cast<Index>(readers);
  __m256 sums[readers];
  for (__m256& sum : sums) sum = _mm256_setzero_ps();
  Index i = 0;
  for (; i + stride <= count; i += stride)
    for (std::size_t k = 0; k < readers; ++k)
      sums[k] = _mm256_add_ps(sums[k], _mm256_loadu_ps(from + i + lanes * static_cast<Index>(k)));
  __m256 total = _mm256_setzero_ps();
  for (const __m256& sum : sums) total = _mm256_add_ps(total, sum);
  alignas(32) std::array<float, 8> numbers{};
  _mm256_store_ps(numbers.data(), total);
  return sum_of(numbers) + sum_of(from + i, from + count);
}

#endif

// What the compiler makes of plain loops; it multiplies and adds in one instruction where there is one for all
// processors of the kind.
constexpr Index plain_lanes = 4 * static_cast<Index>(chains);

float multiply_add_plain(Index rounds) {
  std::array<float, plain_lanes> sums;
  sums.fill(summand);
  for (Index round = 0; round < rounds; ++round)
    for (float& sum : sums) {
#ifdef FP_FAST_FMAF
      sum = std::fma(sum, factor, summand);
#else
      sum = sum * factor + summand;
#endif
    }
  return sum_of(sums);
}

float read_all_plain(const float* from, Index count) {
  std::array<float, plain_lanes> sums{};
  Index i = 0;
  for (; i + plain_lanes <= count; i += plain_lanes)
    for (Index k = 0; k < plain_lanes; ++k) sums[static_cast<std::size_t>(k)] += from[i + k];
  return sum_of(sums) + sum_of(from + i, from + count);
}

constexpr LimitKernels plain{"plain", 2 * static_cast<double>(plain_lanes), multiply_add_plain, read_all_plain};
#ifdef __x86_64__
constexpr LimitKernels avx2{"AVX2", 2 * 8 * static_cast<double>(chains), multiply_add_avx2, read_all_avx2};
constexpr LimitKernels avx512{"AVX-512", 2 * 16 * static_cast<double>(chains), multiply_add_avx512, read_all_avx512};
#endif

}  // namespace

const LimitKernels& limit_kernels() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f")) return avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return avx2;
#endif
  return plain;
}

}  // namespace tinymlp
