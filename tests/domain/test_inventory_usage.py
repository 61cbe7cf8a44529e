"""What uses and clearings make of the codes of a lock."""

from custom_components.tuya_lock_manager.domain.passwords import (
    PasswordStatus,
    PasswordType,
)
from custom_components.tuya_lock_manager.tuya_cloud.models import OfflineType

from .builders import DAY, MINUTE, NOW, issued, listing, online, record
from .views import only, view

S = PasswordStatus
T = PasswordType


class TestUse:
    """What records say of offline codes."""

    LATER = NOW + DAY

    def test_used_it_does_not_lapse(self) -> None:
        opened = record(value="697")
        assert only(issued=[issued()], now=self.LATER).status is S.LAPSED
        assert (
            only(issued=[issued()], now=self.LATER, records=[opened]).status is S.ACTIVE
        )
        remembered = issued(used_at=NOW)
        assert only(issued=[remembered], now=self.LATER).status is S.ACTIVE

    def test_an_opening_that_names_nobody_leaves_a_doubt(self) -> None:
        opened = record(value="33")
        code = only(issued=[issued()], now=self.LATER, records=[opened])
        assert code.status is S.UNCONFIRMED

    def test_a_known_use_is_beyond_doubt(self) -> None:
        opened = record(value="33")
        remembered = issued(used_at=NOW - 20 * MINUTE)
        code = only(issued=[remembered], now=self.LATER, records=[opened])
        assert code.status is S.ACTIVE

    def test_of_a_code_made_elsewhere(self) -> None:
        once = listing(type=OfflineType.ONCE)
        opened = record(value="697")
        assert only(listed_offline=[once]).status is S.ACTIVE
        assert only(listed_offline=[once], records=[opened]).status is S.USED

    def test_the_only_offline_code_of_a_lock(self) -> None:
        opened = record(code="unlock_offline_pd", value="AAEC")
        once = issued(type=T.ONE_TIME)
        listed = {"listed_offline": [], "complete_until": NOW}
        assert only(issued=[once], records=[opened], **listed).status is S.USED
        assert only(issued=[once], records=[opened]).status is S.UNCONFIRMED
        assert only(issued=[once], records=[]).status is S.ACTIVE


class TestClearing:
    """Codes and the codes that clear them."""

    CLEAR = issued(id="698", type=T.CLEAR_ONE, name="", clears_id="697", issued_at=NOW)

    def test_issued_is_not_cleared(self) -> None:
        guest, clear = view(issued=[issued(), self.CLEAR], listed_offline=None)[::-1]
        assert guest.clear_code_issued
        assert guest.status is S.ACTIVE
        assert (clear.clears_id, clear.clears_name) == ("697", "Guest")
        assert not clear.clear_code_issued

    def test_the_locks_report_clears(self) -> None:
        typed = record(code="unlock_offline_clear_single", value="AAEC", time=NOW)
        codes = {
            code.id: code
            for code in view(
                issued=[issued(used_at=NOW - MINUTE), self.CLEAR],
                records=[typed],
                complete_until=NOW,
            )
        }
        assert codes["697"].status is S.CLEARED
        assert codes["698"].status is S.USED

    def test_a_clearing_that_was_remembered(self) -> None:
        assert only(issued=[issued(cleared_at=NOW)]).status is S.CLEARED

    def test_what_the_lists_say(self) -> None:
        assert only(listed_offline=[listing(has_clear_code=True)]).clear_code_issued
        assert not only(
            listed_offline=[listing(has_clear_code=False)]
        ).clear_code_issued
        ours = issued(clear_code_issued_at=NOW)
        assert only(issued=[ours]).clear_code_issued
        assert only(issued=[ours], listed_offline=[listing()]).clear_code_issued

    def test_a_clearing_code_made_elsewhere(self) -> None:
        clear = listing(
            id="698", type=OfflineType.CLEAR_ONE, revoked_id="697", revoked_name="Ann"
        )
        codes = {code.id: code for code in view(listed_offline=[listing(), clear])}
        assert codes["697"].clear_code_issued
        assert codes["698"].clears_name == "Ann"
        assert codes["698"].clears_id == "697"

    def test_whose_code_it_clears_is_remembered(self) -> None:
        clear = listing(id="698", type=OfflineType.CLEAR_ONE)
        codes = view(listed_offline=[clear], issued=[self.CLEAR, issued()])
        assert {code.clears_name for code in codes} == {None, "Guest"}

    def test_an_online_code_of_that_id_is_another(self) -> None:
        codes = view(online=[online(id="697", name="Online")], issued=[self.CLEAR])
        by_type = {code.type: code for code in codes}
        assert not by_type[T.CUSTOM].clear_code_issued
        assert by_type[T.CLEAR_ONE].clears_name is None
