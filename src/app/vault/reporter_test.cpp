#include "app/vault/reporter.hpp"

#include <gtest/gtest.h>

#include "adapters/sodium/cryptography.hpp"
#include "app/vault/record_file.hpp"

namespace kith::app {
namespace {

concerns::Contact a_person() {
    concerns::Contact contact;
    contact.name = "Winifred Ashdown";
    contact.telephone = "01632 960123";
    contact.when_safe = "after seven";
    return contact;
}

/// A sealed reporter with every way in, and all who can open it.
class ReporterVault : public ::testing::Test {
  protected:
    std::unique_ptr<Cryptography> crypto_ = sodium::make_cryptography().value();
    VaultPlace place_{crypto_->random_id<PartnershipId>(), crypto_->random_id<FrontDoorId>(),
                      crypto_->random_id<ConcernId>()};
    KeyPair custody_ = crypto_->new_pair(), duty_ = crypto_->new_pair(), taker_ = crypto_->new_pair();
    Key epoch_key_ = crypto_->random_key();
    static constexpr Epoch kDay{20613};

    VaultRow sealed(const concerns::Contact& contact, std::uint32_t number = 0) {
        return under_epoch(*crypto_, place_,
                           seal_reporter(*crypto_, place_, number, contact, {custody_.public_half, 3},
                                         RolePublic{duty_.public_half, 5}, taker_.public_half),
                           kDay, epoch_key_);
    }
    /// Every way in, tried on that row at that place.
    std::array<Result<concerns::Contact>, 3> all_ways(const VaultPlace& place, const VaultRow& row) {
        return {open_by_custody(*crypto_, place, row, custody_), open_by_duty(*crypto_, place, row, epoch_key_, duty_),
                open_by_taker(*crypto_, place, row, taker_)};
    }
    void expect_no_way(const VaultPlace& place, const VaultRow& row) {
        for (const auto& way : all_ways(place, row)) {
            ASSERT_FALSE(way.has_value());
            EXPECT_EQ(way.error().code, Code::betrayed);
        }
    }
};

TEST_F(ReporterVault, OpensByCustodyByDutyAndByTheCallTaker) {
    for (const auto& way : all_ways(place_, sealed(a_person()))) EXPECT_EQ(way.value(), a_person());
}

TEST_F(ReporterVault, AnyAlteredByteIsBetrayal) {
    const VaultRow row = sealed(a_person());
    struct Part {
        Bytes VaultRow::*bytes;
        std::size_t way;
    };
    for (const Part part :
         {Part{&VaultRow::wrap_custody, 0}, Part{&VaultRow::wrap_duty, 1}, Part{&VaultRow::wrap_taker, 2}})
        for (std::size_t i = 0; i < (row.*part.bytes).size(); ++i) {
            VaultRow altered = row;
            (altered.*part.bytes)[i] ^= 0x40;
            const auto way = all_ways(place_, altered)[part.way];
            ASSERT_FALSE(way.has_value()) << "byte " << i << " of wrap " << part.way;
            EXPECT_EQ(way.error().code, Code::betrayed);
        }
    for (std::size_t i = 0; i < row.sealed_contact.size(); i += i < 64 ? 1 : 97) {
        VaultRow altered = row;
        altered.sealed_contact[i] ^= 1;
        expect_no_way(place_, altered);
    }
}

TEST_F(ReporterVault, AShortenedWrapIsBetrayal) {
    const VaultRow row = sealed(a_person());
    for (const std::size_t keep : {std::size_t{1}, std::size_t{30}, row.wrap_custody.size() - 1}) {
        VaultRow cut = row;
        for (auto* wrap : {&cut.wrap_custody, &cut.wrap_duty, &cut.wrap_taker})
            wrap->resize(std::min(keep, wrap->size() - 1));
        expect_no_way(place_, cut);
    }
}

TEST_F(ReporterVault, MovedToAnotherConcernFrontDoorOrPartnershipNothingOpens) {
    const VaultRow row = sealed(a_person());
    VaultPlace elsewhere = place_;
    elsewhere.concern = crypto_->random_id<ConcernId>();
    expect_no_way(elsewhere, row);
    elsewhere = place_;
    elsewhere.front_door = crypto_->random_id<FrontDoorId>();
    expect_no_way(elsewhere, row);
    elsewhere = place_;
    elsewhere.partnership = crypto_->random_id<PartnershipId>();
    expect_no_way(elsewhere, row);
}

TEST_F(ReporterVault, AnotherNumberGenerationOrEpochIsRefused) {
    const VaultRow row = sealed(a_person());
    VaultRow altered = row;
    altered.number = 1;
    expect_no_way(place_, altered);
    altered = row;
    altered.custody_generation = 2;
    EXPECT_EQ(open_by_custody(*crypto_, place_, altered, custody_).error().code, Code::betrayed);
    altered = row;
    altered.duty_generation = 4;
    EXPECT_EQ(open_by_duty(*crypto_, place_, altered, epoch_key_, duty_).error().code, Code::betrayed);
    altered = row;
    altered.epoch = Epoch{kDay.day + 1};
    EXPECT_EQ(open_by_duty(*crypto_, place_, altered, epoch_key_, duty_).error().code, Code::betrayed);
}

TEST_F(ReporterVault, AWrapOfOneRoleDoesNotServeAnother) {
    // Even where one pair held every role, each wrap says which role it is for.
    custody_ = duty_ = taker_ = crypto_->new_pair();
    VaultRow row = sealed(a_person());
    std::swap(row.wrap_custody, row.wrap_taker);
    EXPECT_EQ(open_by_custody(*crypto_, place_, row, custody_).error().code, Code::betrayed);
    EXPECT_EQ(open_by_taker(*crypto_, place_, row, taker_).error().code, Code::betrayed);
}

TEST_F(ReporterVault, WrapsOfTwoReportersSwappedOpenNeither) {
    concerns::Contact other = a_person();
    other.name = "Someone Else";
    VaultRow one = sealed(a_person()), two = sealed(other);
    std::swap(one.sealed_contact, two.sealed_contact);
    expect_no_way(place_, one);
    expect_no_way(place_, two);
}

TEST_F(ReporterVault, AnotherKeyOpensNothing) {
    const VaultRow row = sealed(a_person());
    const KeyPair stranger = crypto_->new_pair();
    EXPECT_FALSE(open_by_custody(*crypto_, place_, row, stranger));
    EXPECT_FALSE(open_by_duty(*crypto_, place_, row, epoch_key_, stranger));
    EXPECT_FALSE(open_by_duty(*crypto_, place_, row, crypto_->random_key(), duty_))
        << "the duty key alone is not enough";
    EXPECT_FALSE(open_by_taker(*crypto_, place_, row, stranger));
}

/// Every field as long as the form takes it, in this letter.
concerns::Contact full_of(std::string_view letter) {
    const auto repeated = [&](std::size_t times) {
        std::string out;
        while (times-- > 0) out += letter;
        return out;
    };
    concerns::Contact contact;
    contact.name = contact.organisation = contact.email = contact.post = repeated(concerns::kMostContactLine);
    contact.telephone = repeated(40);
    contact.agreement = repeated(80);
    contact.when_safe = contact.must_not_know = repeated(concerns::kMostContactWords);
    contact.source = concerns::Source::about_themselves;
    contact.category = concerns::Category::council_identified;
    return contact;
}

TEST_F(ReporterVault, EveryContactSealsToOneSize) {
    const VaultRow empty = sealed({});
    for (const std::string_view letter : {"x", "\xC3\xA9", "\xE0\xA6\x95"}) {  // one, two and three bytes
        const auto contact = full_of(letter);
        ASSERT_FALSE(concerns::first_field_too_long(contact).has_value());
        const VaultRow row = sealed(contact);
        EXPECT_EQ(row.sealed_contact.size(), empty.sealed_contact.size());
        EXPECT_EQ(row.wrap_custody.size(), empty.wrap_custody.size());
        EXPECT_EQ(row.wrap_duty.size(), empty.wrap_duty.size());
        EXPECT_EQ(row.wrap_taker.size(), empty.wrap_taker.size());
        EXPECT_EQ(open_by_custody(*crypto_, place_, row, custody_).value(), contact);
    }
    EXPECT_GE(empty.sealed_contact.size(), kPaddedContact);
}

TEST_F(ReporterVault, WhatTheFormTakesTheVaultTakes) {
    // Four bytes a letter: more than there is room for in every field at once, so the form must say so.
    const auto birds = full_of("\xF0\x9F\x90\xA6");
    EXPECT_EQ(concerns::first_field_too_long(birds), "reporter_name");
    concerns::Contact one = a_person();
    for (int i = 0; i < 150; ++i) one.name += "\xF0\x9F\x90\xA6";
    EXPECT_EQ(concerns::first_field_too_long(one), "reporter_name");
    one.name = "\xF0\x9F\x90\xA6";
    EXPECT_EQ(open_by_custody(*crypto_, place_, sealed(one), custody_).value(), one);
}

TEST_F(ReporterVault, WithoutADutyKeyOrAnEpochKeyCustodyAloneOpens) {
    const auto by_custody_only =
        seal_reporter(*crypto_, place_, 0, a_person(), {custody_.public_half, 3}, std::nullopt, std::nullopt);
    const VaultRow no_duty = under_epoch(*crypto_, place_, by_custody_only, kDay, epoch_key_);
    const VaultRow no_epoch = under_epoch(*crypto_, place_,
                                          seal_reporter(*crypto_, place_, 0, a_person(), {custody_.public_half, 3},
                                                        RolePublic{duty_.public_half, 5}, std::nullopt),
                                          kDay, std::nullopt);
    for (const VaultRow& row : {no_duty, no_epoch}) {
        EXPECT_TRUE(row.wrap_duty.empty());
        EXPECT_EQ(open_by_duty(*crypto_, place_, row, epoch_key_, duty_).error().code, Code::not_found);
        EXPECT_EQ(open_by_custody(*crypto_, place_, row, custody_).value(), a_person());
    }
}

TEST_F(ReporterVault, ARewrapOpensUnderTheNewEpochAndNoLongerUnderTheOld) {
    VaultRow row = sealed(a_person());
    const Key next = crypto_->random_key();
    EXPECT_EQ(rewrap_duty(*crypto_, place_, row, next, Epoch{kDay.day + 7}, next).error().code, Code::betrayed);
    row.wrap_duty = rewrap_duty(*crypto_, place_, row, epoch_key_, Epoch{kDay.day + 7}, next).value();
    row.epoch = Epoch{kDay.day + 7};
    EXPECT_EQ(open_by_duty(*crypto_, place_, row, next, duty_).value(), a_person());
    EXPECT_EQ(open_by_duty(*crypto_, place_, row, epoch_key_, duty_).error().code, Code::betrayed);
}

}  // namespace
}  // namespace kith::app
