#include "CDaybookCRC32C.h"

#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <nmmintrin.h>
#define DAYBOOK_INSTRUCTION __attribute__((target("sse4.2")))
#define CRC_BYTE(crc, byte) _mm_crc32_u8((uint32_t)(crc), (byte))
#define CRC_PAIR(crc, pair) _mm_crc32_u16((uint32_t)(crc), (pair))
#define CRC_HALF(crc, half) _mm_crc32_u32((uint32_t)(crc), (half))
#define CRC_WORD(crc, word) _mm_crc32_u64((crc), (word))
#elif defined(__aarch64__)
#if defined(__linux__)
#include <sys/auxv.h>
#ifndef HWCAP_CRC32
#define HWCAP_CRC32 (1 << 7)
#endif
#endif
#define DAYBOOK_INSTRUCTION __attribute__((target("crc")))
#define CRC_BYTE(crc, byte) __builtin_arm_crc32cb((uint32_t)(crc), (byte))
#define CRC_PAIR(crc, pair) __builtin_arm_crc32ch((uint32_t)(crc), (pair))
#define CRC_HALF(crc, half) __builtin_arm_crc32cw((uint32_t)(crc), (half))
#define CRC_WORD(crc, word) __builtin_arm_crc32cd((uint32_t)(crc), (word))
#endif

// 0x1EDC6F41 with its bits reversed, as the reflected form shifts to the right.
static const uint32_t polynomial = 0x82F63B78u;

// bytes_then_zeros[n][b]: what the byte b followed by n zero bytes adds to a checksum.
static uint32_t bytes_then_zeros[8][256];

#if defined(DAYBOOK_INSTRUCTION)

// The instruction takes three steps to answer and may start one each step: three runs of this many
// bytes are summed side by side and joined. Shorter input does not repay the joining.
#define RUN_BYTES 256

// past_a_run[k][b]: what byte k of a checksum, being b, becomes when RUN_BYTES zeros follow.
static uint32_t past_a_run[4][256];

static bool has_instruction;

// The register behind `next`, which holds the complement of a checksum.
DAYBOOK_INSTRUCTION
static inline __attribute__((always_inline)) uint32_t
past_bytes(uint64_t crc, const uint8_t *next, size_t count) {
  while (count >= 3 * RUN_BYTES) {
    uint64_t second = 0, third = 0;
    for (size_t at = 0; at < RUN_BYTES; at += 8) {
      uint64_t words[3];
      memcpy(&words[0], next + at, 8);
      memcpy(&words[1], next + RUN_BYTES + at, 8);
      memcpy(&words[2], next + 2 * RUN_BYTES + at, 8);
      crc = CRC_WORD(crc, words[0]);
      second = CRC_WORD(second, words[1]);
      third = CRC_WORD(third, words[2]);
    }
    crc = past_a_run[0][crc & 0xff] ^ past_a_run[1][(crc >> 8) & 0xff] ^
          past_a_run[2][(crc >> 16) & 0xff] ^ past_a_run[3][(crc >> 24) & 0xff] ^ second;
    crc = past_a_run[0][crc & 0xff] ^ past_a_run[1][(crc >> 8) & 0xff] ^
          past_a_run[2][(crc >> 16) & 0xff] ^ past_a_run[3][(crc >> 24) & 0xff] ^ third;
    next += 3 * RUN_BYTES;
    count -= 3 * RUN_BYTES;
  }
  while (count >= 8) {
    uint64_t word;
    memcpy(&word, next, 8);
    crc = CRC_WORD(crc, word);
    next += 8;
    count -= 8;
  }
  // The rest in three steps at most: most of what a log checks at a time are a few bytes.
  if (count & 4) {
    uint32_t half;
    memcpy(&half, next, 4);
    crc = CRC_HALF(crc, half);
    next += 4;
  }
  if (count & 2) {
    uint16_t pair;
    memcpy(&pair, next, 2);
    crc = CRC_PAIR(crc, pair);
    next += 2;
  }
  if (count & 1) crc = CRC_BYTE(crc, *next);
  return (uint32_t)crc;
}

DAYBOOK_INSTRUCTION
static uint32_t by_instruction(uint32_t before, const uint8_t *next, size_t count) {
  return ~past_bytes(~before, next, count);
}

DAYBOOK_INSTRUCTION
static uint32_t word_by_instruction(uint32_t before, uint64_t word) {
  return ~(uint32_t)CRC_WORD((uint64_t)~before, word);
}

DAYBOOK_INSTRUCTION
static uint32_t
pair_by_instruction(uint32_t before, uint16_t pair, const uint8_t *next, size_t count) {
  return ~past_bytes(CRC_PAIR(~before, pair), next, count);
}

static bool detect_instruction(void) {
#if defined(__x86_64__)
  unsigned int a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2);
#elif defined(__linux__)
  return getauxval(AT_HWCAP) & HWCAP_CRC32;
#else
  return true;  // Every 64-bit Apple processor that runs our lowest macOS has it.
#endif
}

#endif

// Before main, so that no call has to ask whether the tables are there.
__attribute__((constructor)) static void make_tables(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) ? polynomial : 0);
    bytes_then_zeros[0][byte] = crc;
  }
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = bytes_then_zeros[0][byte];
    for (int zeros = 1; zeros < 8; zeros++) {
      crc = bytes_then_zeros[0][crc & 0xff] ^ (crc >> 8);
      bytes_then_zeros[zeros][byte] = crc;
    }
  }
#if defined(DAYBOOK_INSTRUCTION)
  has_instruction = detect_instruction();
  // A checksum's way past zeros is linear: follow each single bit, then join bits into bytes.
  for (int byte = 0; byte < 4; byte++) {
    for (int bit = 0; bit < 8; bit++) {
      uint32_t crc = 1u << (8 * byte + bit);
      for (int zeros = 0; zeros < RUN_BYTES; zeros++) {
        crc = bytes_then_zeros[0][crc & 0xff] ^ (crc >> 8);
      }
      for (uint32_t lower = 0; lower < (1u << bit); lower++) {
        past_a_run[byte][(1u << bit) | lower] = past_a_run[byte][lower] ^ crc;
      }
    }
  }
#endif
}

uint32_t daybook_crc32c_portable(uint32_t before, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  uint32_t crc = ~before;
  while (count >= 8) {
    crc ^= (uint32_t)next[0] | (uint32_t)next[1] << 8 | (uint32_t)next[2] << 16 |
           (uint32_t)next[3] << 24;
    crc = bytes_then_zeros[7][crc & 0xff] ^ bytes_then_zeros[6][(crc >> 8) & 0xff] ^
          bytes_then_zeros[5][(crc >> 16) & 0xff] ^ bytes_then_zeros[4][crc >> 24] ^
          bytes_then_zeros[3][next[4]] ^ bytes_then_zeros[2][next[5]] ^
          bytes_then_zeros[1][next[6]] ^ bytes_then_zeros[0][next[7]];
    next += 8;
    count -= 8;
  }
  while (count > 0) {
    crc = bytes_then_zeros[0][(crc ^ *next) & 0xff] ^ (crc >> 8);
    next += 1;
    count -= 1;
  }
  return ~crc;
}

bool daybook_crc32c_has_instruction(void) {
#if defined(DAYBOOK_INSTRUCTION)
  return has_instruction;
#else
  return false;
#endif
}

uint32_t daybook_crc32c(uint32_t before, const void *bytes, size_t count) {
#if defined(DAYBOOK_INSTRUCTION)
  if (has_instruction) return by_instruction(before, bytes, count);
#endif
  return daybook_crc32c_portable(before, bytes, count);
}

uint32_t daybook_crc32c_word(uint32_t before, uint64_t word) {
#if defined(DAYBOOK_INSTRUCTION)
  if (has_instruction) return word_by_instruction(before, word);
#endif
  uint8_t bytes[8];
  for (int at = 0; at < 8; at++) bytes[at] = (uint8_t)(word >> (8 * at));
  return daybook_crc32c_portable(before, bytes, 8);
}

uint32_t daybook_crc32c_pair_then(uint32_t before, uint16_t pair, const void *bytes, size_t count) {
#if defined(DAYBOOK_INSTRUCTION)
  if (has_instruction) return pair_by_instruction(before, pair, bytes, count);
#endif
  uint8_t first[2] = {(uint8_t)pair, (uint8_t)(pair >> 8)};
  return daybook_crc32c_portable(daybook_crc32c_portable(before, first, 2), bytes, count);
}
