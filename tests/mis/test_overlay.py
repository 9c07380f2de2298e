"""What an import must not lose: bars, tags, languages and ids that only the school's own overlay knows."""

from __future__ import annotations

from dataclasses import replace

from attendance.people import Contact, Link, Pupil, Roll
from mis.csv_people import PeopleImport, read_people
from mis.overlay import kept

HEAD = "id,given,family,year,group,contact_name,relation,mobile"
FATHER = "1,Mo,Hussain,4,4K,Imran Hussain,father,07700900002"
MOTHER = "1,Mo,Hussain,4,4K,Sana Hussain,mother,07700900001"


def people(*rows: str, head: str = HEAD) -> PeopleImport:
    return read_people("\n".join([head, *rows]).encode())


def roll_of(imported: PeopleImport) -> Roll:
    return Roll.of(imported.pupils, imported.contacts, imported.links, ())


def roll_with_father_barred() -> Roll:
    first = people(MOTHER, FATHER)
    father = next(contact.id for contact in first.contacts if contact.name == "Imran Hussain")
    links = [replace(link, barred=link.contact == father) for link in first.links]
    return Roll.of(first.pupils, first.contacts, links, ())


def barred(imported: PeopleImport) -> list[str | None]:
    phones = {contact.id: contact.phone for contact in imported.contacts}
    return [phones[link.contact] for link in imported.links if link.barred]


def test_no_import_clears_a_bar() -> None:
    assert barred(kept(people(MOTHER, FATHER), roll_with_father_barred())) == ["+447700900002"]


def test_not_even_one_that_says_he_is_not_barred() -> None:
    imported = people(FATHER + ",N", head=HEAD + ",barred")
    assert barred(kept(imported, roll_with_father_barred())) == ["+447700900002"]


def test_a_barred_contact_whose_name_is_spelt_anew_stays_barred_by_its_id() -> None:
    head = HEAD + ",contact_id"
    first = people(FATHER + ",c2", head=head)
    roll = Roll.of(first.pupils, first.contacts, [replace(link, barred=True) for link in first.links], ())
    after = kept(people(FATHER.replace("Imran", "Imraan") + ",c2", head=head), roll)
    assert (after.contacts[0].name, barred(after)) == ("Imraan Hussain", ["+447700900002"])
    assert after.warnings == ()


def test_a_barred_man_with_a_new_number_stays_barred_as_the_same_contact() -> None:
    roll = roll_with_father_barred()
    after = kept(people(MOTHER, FATHER.replace("900002", "900009")), roll)
    assert barred(after) == ["+447700900009"]
    assert {contact.id for contact in after.contacts} == set(roll.contacts)


def test_a_barred_man_under_a_new_id_of_the_mis_is_barred_and_the_office_is_told() -> None:
    imported = people(FATHER.replace("900002", "900009") + ",c77", head=HEAD + ",contact_id")
    after = kept(imported, roll_with_father_barred())
    assert sorted(phone or "" for phone in barred(after)) == ["+447700900002", "+447700900009"]
    assert any("contact c77 of pupil 1 has the name of somebody barred" in warning for warning in after.warnings)


def test_a_barred_man_who_is_left_out_of_the_file_is_kept_with_his_number() -> None:
    after = kept(people(MOTHER), roll_with_father_barred())
    assert barred(after) == ["+447700900002"]
    assert [link.priority for link in after.links] == [1, 2]


def test_he_is_barred_for_one_half_sister_only() -> None:
    after = kept(people(MOTHER, FATHER, FATHER.replace("1,Mo", "2,Aisha")), roll_with_father_barred())
    assert [link.pupil for link in after.links if link.barred] == ["1"]


def test_what_the_file_has_no_column_for_nobody_changed() -> None:
    pupil = Pupil("1", "Mo", "Hussain", 4, "4K", ("Mo",), frozenset({"social_worker"}), "reed")
    mother = Contact("m", "Sana Hussain", "+447700900001", "sana@example.org", "12345", True, language="ur")
    link = Link("1", "m", 1, "mother", may_report=False, household="a", lives_with=True)
    after = kept(people(MOTHER), Roll.of([pupil], [mother], [link], ()))
    assert after.pupils == (pupil,)
    assert after.contacts == (mother,)
    assert after.links == (link,)


def test_what_the_file_states_is_taken() -> None:
    roll = roll_of(people(MOTHER))
    after = kept(people(MOTHER + ",N,pl", head=HEAD + ",may_report,language"), roll)
    assert (after.links[0].may_report, after.contacts[0].language) == (False, "pl")


def test_laying_over_twice_is_laying_over_once() -> None:
    imported = people(MOTHER, FATHER.replace("900002", "900009"))
    once = kept(imported, roll_with_father_barred())
    assert kept(imported, roll_of(once)) == once
