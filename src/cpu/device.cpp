// The CPU device. Results are cut into tiles by their shape alone, and nothing that is summed is cut by the number of
// threads: hence that number never changes a result.
#include "tinymlp/device.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include "cpu/dropout.h"
#include "cpu/gemm_cache.h"
#include "cpu/kernels.h"
#include "cpu/register_gemm.h"
#include "cpu/rows.h"
#include "cpu/simd.h"
#include "cpu/threads.h"
#include "cpu/tiled_product.h"
#include "tinymlp/context.h"
#include "tinymlp/error.h"

TINYMLP_BEGIN

namespace {

constexpr Index chunk = 8192;  // elements of a map
constexpr int row_block = 32;  // rows of row-wise work

// From where on several threads are worth it, where a large product is at work: see tiled_product.h.
constexpr Index shared_elements = 65536;  // of a map, of what is copied or summed
constexpr Index shared_outputs = 2048;    // of softmax and of counting

class CpuDevice final : public Device {
 public:
  explicit CpuDevice(int threads) : threads_(threads) {
    static const bool once = (add_cpu_kernels(), true);
    (void)once;
  }

  std::string_view name() const override { return "cpu"; }
  bool uses_host_memory() const override { return true; }

  void* allocate(std::size_t bytes) override {
    constexpr std::size_t line = 64;
    const std::size_t rounded = (bytes + 2 * line - 1) / line * line;
    void* memory = rounded < bytes ? nullptr : std::aligned_alloc(line, rounded);
    if (!memory) throw Error("out of memory: " + std::to_string(bytes) + " bytes were asked for (cpu)");
    return std::memset(memory, 0, rounded);
  }
  void release(void* memory) noexcept override { std::free(memory); }
  void upload(void* to, const void* from, std::size_t bytes) override {
    if (bytes > 0) std::memcpy(to, from, bytes);
  }
  void download(void* to, const void* from, std::size_t bytes) override { upload(to, from, bytes); }

  void multiply(ConstMatrixView a, ConstMatrixView b, ConstMatrixView row, MatrixView c) override {
    product(a, false, b, false, row.data, c);
  }
  void multiply_at(ConstMatrixView a, ConstMatrixView b, MatrixView c) override {
    product(a, true, b, false, nullptr, c);
  }
  void multiply_bt(ConstMatrixView a, ConstMatrixView b, MatrixView c) override {
    if (b.cols == 1)  // a single column is its own transpose
      return product(a, false, {b.data, 1, b.rows}, false, nullptr, c);
    if (!gemm_wants_plain_b()) return product(a, false, b, true, nullptr, c);
    if (static_cast<Index>(transposed_.size()) < b.size()) transposed_.resize(static_cast<std::size_t>(b.size()));
    transpose(b.data, b.rows, b.cols, b.cols, transposed_.data(), b.rows);
    product(a, false, {transposed_.data(), b.cols, b.rows}, false, nullptr, c);
  }

  void sum_rows(ConstMatrixView a, MatrixView row) override {
    if (a.cols == 1)
      row.data[0] = sum(a.data, a.rows);
    else
      run((a.cols + row_block - 1) / row_block, a.size() >= shared_elements, [&](Index task) {
        sum_row_columns(a, row, task * row_block, std::min<Index>(a.cols, (task + 1) * row_block));
      });
  }

  void map(const MapOp& op, const MapCall& call) override {
    MapKernel kernel = op.found.load(std::memory_order_relaxed);
    if (!kernel) {
      kernel = find_kernel("cpu", op);
      if (!kernel) kernel = op.loop;
      op.found.store(kernel, std::memory_order_relaxed);
    }
    if (call.size <= chunk) return kernel(call, nullptr);
    const Index chunks = (call.size + chunk - 1) / chunk;
    if (call.sum) make_room(chunks);
    run(chunks, call.size >= shared_elements, [&](Index i) {
      MapCall part = call;
      for (auto& x : part.inputs) x = x ? x + i * chunk : nullptr;
      for (auto& y : part.outputs) y = y ? y + i * chunk : nullptr;
      part.size = std::min(chunk, call.size - i * chunk);
      if (call.sum) part.sum = &partial_[static_cast<std::size_t>(i)];
      kernel(part, nullptr);
    });
    if (call.sum) *call.sum = sum(partial_.data(), chunks);
  }

  void softmax_cross_entropy(ConstMatrixView z, ConstMatrixView t, Scalar* value, MatrixView gradient) override {
    const Scalar scale = Scalar(1) / static_cast<Scalar>(z.rows);
    const Index blocks = for_row_blocks(z, shared_outputs, [&](Index block, Index begin, Index end) {
      partial_[static_cast<std::size_t>(block)] = softmax_cross_entropy_rows(z, t, scale, gradient, begin, end);
    });
    *value = scale * sum(partial_.data(), blocks);
  }

  void count_correct(ConstMatrixView prediction, ConstMatrixView target, Scalar threshold, Scalar* count) override {
    if (prediction.rows <= row_block) {
      *count = static_cast<Scalar>(count_correct_rows(prediction, target, threshold, 0, prediction.rows));
      return;
    }
    const Index blocks = for_row_blocks(prediction, shared_outputs, [&](Index block, Index begin, Index end) {
      partial_[static_cast<std::size_t>(block)] =
          static_cast<Scalar>(count_correct_rows(prediction, target, threshold, begin, end));
    });
    *count = sum(partial_.data(), blocks);
  }

  void dropout(const DropoutMask& mask, const Step* step, ConstMatrixView from, MatrixView to) override {
    run((from.size() + chunk - 1) / chunk, from.size() >= shared_elements, [&, number = step->number](Index i) {
      drop_elements(mask, number, i * chunk, std::min(from.size(), (i + 1) * chunk), from.data, to.data);
    });
  }

  void gather(ConstMatrixView from, const std::int32_t* rows, MatrixView to) override { gather_blocks(from, rows, to); }
  void gather(View<const std::uint8_t> from, const std::int32_t* rows, MatrixView to) override {
    gather_blocks(from, rows, to);
  }

  void begin() override {
    largest_product_ = 0;  // other networks may follow
    outer_mode_ = float_mode();
    set_float_mode(outer_mode_ | flush_denormals);
  }
  void end() noexcept override { set_float_mode(outer_mode_); }

 private:
  bool is_shared(bool large) const {
    return threads_.count() > 1 && large && (largest_product_ == 0 || largest_product_ >= large_product);
  }

  /// Calls task(i) for each i in [0, count), on all threads if it is large enough, and what else is at work as well.
  template <class Task>
  void run(Index count, bool large, const Task& task, Index together = 1) {
    if (is_shared(large)) return threads_.run(count, task, together);
    for (Index i = 0; i < count; ++i) task(i);
  }

  /// Memory for so many partial sums; it grows at the first step and stays.
  void make_room(Index count) {
    if (static_cast<Index>(partial_.size()) < count) partial_.resize(static_cast<std::size_t>(count));
  }

  /// Calls work(block, begin, end) for each block of rows, on all threads from `enough` elements on; returns how many.
  template <class Work>
  Index for_row_blocks(ConstMatrixView shape, Index enough, const Work& work) {
    const Index blocks = (shape.rows + row_block - 1) / row_block;
    make_room(blocks);
    const auto one = [&](Index block) {
      work(block, block * row_block, std::min<Index>(shape.rows, (block + 1) * row_block));
    };
    run(blocks, shape.size() >= enough, one);
    return blocks;
  }

  /// Long rows in the two parts in which a product will sum over them, each by the thread that will do so.
  template <class From>
  void gather_blocks(From from, const std::int32_t* rows, MatrixView to) {
    const bool large = to.size() >= shared_elements;
    if (!is_shared(large)) return gather_rows(from, rows, to, {0, to.rows, 0, to.cols});
    const int blocks = (to.rows + row_block - 1) / row_block, first = is_long(to.cols) ? first_part(to.cols) : to.cols;
    threads_.run(blocks * (first < to.cols ? 2 : 1), [&](Index task) {
      const int row = static_cast<int>(task % blocks) * row_block, end_row = std::min(to.rows, row + row_block);
      if (task < blocks)
        gather_rows(from, rows, to, {row, end_row, 0, first});
      else
        gather_rows(from, rows, to, {row, end_row, first, to.cols});
    });
  }

  /// c = a b + row, aᵀ b + row or a bᵀ + row; a null row is none.
  void product(ConstMatrixView a, bool a_transposed, ConstMatrixView b, bool b_transposed, const Scalar* row,
               MatrixView c) {
    const GemmShape shape{static_cast<int>(c.rows),
                          static_cast<int>(c.cols),
                          b_transposed ? b.cols : b.rows,
                          a.cols,
                          b.cols,
                          c.cols,
                          a_transposed,
                          b_transposed,
                          row != nullptr};
    const GemmOperands operands{a.data, b.data, row, c.data};
    largest_product_ = std::max(largest_product_, shape.size());
    if (TiledProduct::is_cut(shape)) return product_by_tiles(shape, operands);
    if (suits_registers()) return register_gemm(shape, nullptr, operands);
    plans_[shape](operands);
  }

  [[gnu::noinline]] void product_by_tiles(const GemmShape& whole, const GemmOperands& operands) {
    const TiledProduct product(whole, operands, plans_);
    const Index tiles = product.tiles();
    const bool large = whole.size() >= shared_product;
    const Index down = product.rows_of_tiles(), together = down >= threads_.count() ? tiles / down : 1;
    if (!product.in_parts()) return run(tiles, large, [&](Index tile) { product.compute(tile); }, together);

    const auto size = static_cast<std::size_t>(whole.rows) * static_cast<std::size_t>(whole.c_stride);
    if (second_part_.size() < size) second_part_.resize(size);  // at the first step
    if (is_shared(large)) {
      run(2 * tiles, large, [&](Index task) {
        task < tiles ? product.compute(task) : product.compute_second_part(task - tiles, second_part_.data());
      });
      return run(tiles, large, [&](Index tile) { product.add_second_part(tile, second_part_.data()); }, together);
    }
    for (Index tile = 0; tile < tiles; ++tile) {
      product.compute(tile);
      product.compute_second_part(tile, second_part_.data());
      product.add_second_part(tile, second_part_.data());
    }
  }

  Threads threads_;
  GemmCache plans_;
  std::vector<Scalar> transposed_, partial_, second_part_;
  Index largest_product_ = 0;  // multiply-adds; 0: none yet
  unsigned outer_mode_ = 0;
};

}  // namespace

std::unique_ptr<Device> make_cpu_device(int threads) {
  if (threads == 0) threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  if (threads < 1 || threads > 1024)
    throw InputError("the number of threads is " + std::to_string(threads) +
                     ": it must be from 1 to 1024, or 0 for one a core");
  return std::make_unique<CpuDevice>(threads);
}

TINYMLP_END
