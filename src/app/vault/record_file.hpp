// A record file: everything personal about one concern (or the partnership's own papers) under one key, which lies in
// the store sealed under the master key. Destroying that one row makes the file unreadable everywhere. Each value is
// bound to its table, row and field, so that a sealed value moved elsewhere does not open.
#pragma once
#include "app/ports/cryptography.hpp"

namespace kith::app {

/// Where a sealed value lies: what its ciphertext is bound to.
Bytes bound_to(std::string_view table, BytesView row, std::string_view field);

class RecordFile {
  public:
    RecordFile(Cryptography& crypto, Key key) : crypto_(&crypto), key_(std::move(key)) {}

    Bytes seal(BytesView plain, std::string_view table, BytesView row, std::string_view field) const {
        return crypto_->seal(key_, plain, bound_to(table, row, field));
    }
    Result<SecretBytes> open(BytesView sealed, std::string_view table, BytesView row, std::string_view field) const {
        return crypto_->open(key_, sealed, bound_to(table, row, field));
    }
    Sealed<std::string> seal_text(std::string_view plain, std::string_view table, BytesView row,
                                  std::string_view field) const {
        return {seal(as_bytes(plain), table, row, field)};
    }
    Result<SecretText> open_text(const Sealed<std::string>& sealed, std::string_view table, BytesView row,
                                 std::string_view field) const;

  private:
    Cryptography* crypto_;
    Key key_;
};

/// The keys of the running server: the master key and what lies under it. None of them opens the reporters' vault.
class ServerKeys {
  public:
    ServerKeys(Cryptography& crypto, Key master) : crypto_(&crypto), master_(std::move(master)) {}

    /// A key sealed under the master key, bound to what it is for.
    Sealed<Key> wrap(const Key& key, std::string_view use, BytesView row) const;
    Result<Key> unwrap(const Sealed<Key>& sealed, std::string_view use, BytesView row) const;

    struct NewFile {
        RecordFile file;
        Sealed<Key> sealed_key;
    };
    NewFile new_file(BytesView row) const;
    Result<RecordFile> open_file(const Sealed<Key>& sealed_key, BytesView row) const;

    Cryptography& crypto() const { return *crypto_; }

  private:
    Cryptography* crypto_;
    Key master_;
};

Result<Key> to_key(const SecretBytes& bytes);

}  // namespace kith::app
