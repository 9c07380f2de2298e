"""The people import: what schools' exports look like, and what becomes of them."""

from __future__ import annotations

from datetime import date

import pytest

from attendance.people import Contact, Link, Pupil
from mis.csv_people import PeopleImport, read_people

DOCUMENTED = """\
pupil_id,given,family,known_as,year,group,tags,contact_id,contact_name,relation,priority,parental_responsibility,\
lives_with,may_report,barred,household,emergency,mobile,landline,email,language
p1,Mohammed,Hussain,Mo,4,4K,social_worker; walks_alone,c1,Sana Hussain,mother,1,Y,Y,Y,N,a,Y,07700 900001,01632 960001,\
sana@example.org,Urdu
p1,Mohammed,Hussain,Mo,4,4K,social_worker; walks_alone,c2,Imran Hussain,Dad,2,Y,N,N,Y,b,N,07700 900002,,,
"""

# What another UK product asks schools to export, as it comes: titles above, the same heading twice, totals below.
AS_EXPORTED = """\
Contacts for absence messages,,,,,,,,,,,,,,
Printed 3 Feb 2027,,,,,,,,,,,,,,

ID,Forename,Surname,Reg Group,ID (parent),(Contact) Priority,Parental responsibility (T/F),Lives with Pupil (T/F),\
Title,Forename,Surname,(Contact) Home Email,Main Telephone,Primary Email,Mobile number
1001,Nina,Kowal,6A,55,0,T,T,Mrs,Agata,Wilk,home@example.org,01632 960021,work@example.org,7700900021
1001,Nina,Kowal,6A,56,1,F,F,Mr,Jan,Kowal,,,,Mum 07700 900022 / 07700 900023
1002,Maja,Kowal,2B,57,,T,T,Mrs,Agata,Wilk,home@example.org,01632 960021,work@example.org,+44 7700 900021

Total,2,,,,,,,,,,,,,
"""


def people(*rows: str, head: str = "id,given,family,year,group,contact_name,relation,priority,mobile") -> PeopleImport:
    return read_people("\n".join([head, *rows]).encode())


def test_the_documented_columns_fill_every_field() -> None:
    found = read_people(DOCUMENTED.encode())
    assert found.pupils == (
        Pupil("p1", "Mohammed", "Hussain", 4, "4K", ("Mo",), frozenset({"social_worker", "walks_alone"})),
    )
    assert found.contacts == (
        Contact("c1", "Sana Hussain", "+447700900001", "sana@example.org", landline="+441632960001", language="ur"),
        Contact("c2", "Imran Hussain", "+447700900002"),
    )
    assert found.links == (
        Link("p1", "c1", 1, "mother", True, False, True, True, "a", True),
        Link("p1", "c2", 2, "father", False, True, True, False, "b", False),
    )
    assert found.warnings == ()
    assert found.made_ids == frozenset()


def test_a_mis_export_with_titles_doubled_headings_and_totals_is_read() -> None:
    found = read_people(AS_EXPORTED.encode())
    assert [(pupil.id, pupil.given, pupil.family, pupil.year, pupil.group) for pupil in found.pupils] == [
        ("1001", "Nina", "Kowal", 6, "6A"),
        ("1002", "Maja", "Kowal", 2, "2B"),
    ]
    assert found.contacts == (
        Contact("55", "Agata Wilk", "+447700900021", "work@example.org", landline="+441632960021"),
        Contact("56", "Jan Kowal", "+447700900022"),
    )
    assert [(link.pupil, link.contact, link.priority, link.is_parent) for link in found.links] == [
        ("1001", "55", 1, True),
        ("1001", "56", 2, False),
        ("1002", "55", 1, True),
    ]
    assert found.warnings == (
        "contacts 55, 57 have one name and one number: taken as one person, 55",
        "contact 56 has more than one phone; the first is kept",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_end_gives_the_same(encoding: str, separator: str, newline: str) -> None:
    text = "id,given,family,year,group,contact_name,mobile\n1,Zoë,O’Neill,Year 3,3 Oak,Renée O’Neill,07700 900031\n"
    found = read_people(text.replace(",", separator).replace("\n", newline).encode(encoding))
    assert [(pupil.given, pupil.family, pupil.year) for pupil in found.pupils] == [("Zoë", "O’Neill", 3)]
    assert [(contact.name, contact.phone) for contact in found.contacts] == [("Renée O’Neill", "+447700900031")]


def test_excels_line_that_names_the_separator_is_no_row() -> None:
    found = read_people(b"sep=;\r\nid;given;family;year;group;contact_name;mobile\r\n1;A;B;1;1A;C D;07700900001\r\n")
    assert len(found.pupils) == 1


@pytest.mark.parametrize(
    ("orders", "places"),
    [
        (["1", "2", "3"], ["a", "b", "c"]),
        (["0", "1", "2"], ["a", "b", "c"]),
        (["", "", ""], ["a", "b", "c"]),
        (["2", "", "1"], ["c", "a", "b"]),
        (["1", "1", "1"], ["a", "b", "c"]),
        (["9", "8", "7"], ["c", "b", "a"]),
        (["1.0", "3rd", "Priority 2"], ["a", "c", "b"]),
    ],
)
def test_places_count_from_one_whatever_the_mis_counts(orders: list[str], places: list[str]) -> None:
    phones = ("07700900001", "07700900002", "07700900003")
    rows = [f"1,A,B,1,1A,{name},mum,{place},{phone}" for name, place, phone in zip("abc", orders, phones, strict=True)]
    found = people(*rows)
    names = {contact.id: contact.name for contact in found.contacts}
    assert [names[link.contact] for link in found.links] == places
    assert [link.priority for link in found.links] == [1, 2, 3]


@pytest.mark.parametrize("said", ["T", "true", "TRUE", "Y", "yes", "1", "x"])
def test_yes_in_the_words_of_the_exports(said: str) -> None:
    found = people(f"1,A,B,1,1A,C D,{said},07700900001", head="id,given,family,year,group,contact_name,barred,mobile")
    assert found.links[0].barred


@pytest.mark.parametrize(
    ("words", "relation", "parent"),
    [
        ("Mum", "mother", True),
        ("Step-Father", "stepfather", True),
        ("Parent/Carer", "parent", True),
        ("Nan", "grandmother", False),
        ("Childminder", "childminder", False),
        ("", "parent", True),
    ],
)
def test_only_parents_and_carers_are_parents(words: str, relation: str, parent: bool) -> None:
    link = people(f"1,A,B,1,1A,C D,{words},1,07700900001").links[0]
    assert (link.relation, link.is_parent, link.parental_responsibility) == (relation, parent, parent)


@pytest.mark.parametrize(
    ("cell", "year"),
    [("Year 4", 4), ("Y4", 4), ("yr 10", 10), ("04", 4), ("R", 0), ("Reception", 0), ("Nursery", -1), ("N2", -1)],
)
def test_year_groups_as_they_are_written(cell: str, year: int) -> None:
    assert people(f"1,A,B,{cell},Oak,C D,mum,1,07700900001").pupils[0].year == year


def test_without_a_year_column_the_group_tells_it() -> None:
    rows = ["1,A,B,10-Maple,C D,07700900001", "2,A,B,RK,C D,07700900001", "3,A,B,Nursery,C D,07700900001"]
    found = people(*rows, head="id,given,family,group,contact_name,mobile")
    assert [pupil.year for pupil in found.pupils] == [10, 0, -1]


def test_a_full_name_is_taken_apart_at_the_comma() -> None:
    row = '1,"Hussain, Mohammed Ali",4,4K,"Hussain, Sana",07700900001'
    found = people(row, head="id,name,year,group,name,mobile")
    assert (found.pupils[0].given, found.pupils[0].family) == ("Mohammed Ali", "Hussain")
    assert found.contacts[0].name == "Sana Hussain"


def test_a_landline_is_never_taken_for_a_mobile() -> None:
    contact = people("1,A,B,1,1A,C D,mum,1,01632 960001").contacts[0]
    assert (contact.phone, contact.landline) == (None, "+441632960001")


def test_the_same_rows_again_for_each_class_add_nothing() -> None:
    row = "1,A,B,1,1A,C D,mum,1,07700900001"
    assert people(row, row, row) == people(row)


def test_contacts_without_an_id_get_the_same_one_each_time_and_in_any_order() -> None:
    one, two = "1,A,B,1,1A,C D,mum,1,07700900001", "2,E,B,2,2A,c d,mum,1,+447700900001"
    first, second = people(one, two), people(two, one)
    assert len(first.contacts) == 1
    assert first.made_ids == second.made_ids == {first.contacts[0].id}


def test_two_people_on_one_number_stay_two() -> None:
    assert len(people("1,A,B,1,1A,C D,mum,1,07700900001", "1,A,B,1,1A,E F,dad,2,07700900001").contacts) == 2


def test_what_either_of_two_rows_forbids_is_forbidden_when_they_turn_out_to_be_one_person() -> None:
    head = "id,given,family,year,group,contact_id,contact_name,barred,mobile"
    found = people("1,A,B,1,1A,c1,C D,N,07700900001", "1,A,B,1,1A,c2,C D,Y,07700900001", head=head)
    assert [(link.contact, link.barred) for link in found.links] == [("c1", True)]


def test_leavers_stay_out() -> None:
    rows = [
        "id,given,family,year,group,leaving date,contact_name,mobile",
        "1,A,B,1,1A,,C D,07700900001",
        "2,E,F,1,1A,31/01/2027,G H,07700900002",
        "3,I,J,1,1A,31/07/2027,K L,07700900003",
    ]
    found = read_people("\n".join(rows).encode(), today=date(2027, 2, 3))
    assert [pupil.id for pupil in found.pupils] == ["1", "3"]
    assert [contact.name for contact in found.contacts] == ["C D", "K L"]
    assert "pupils who have left were not taken in: 1" in found.warnings


def test_a_pupil_whom_nobody_can_be_asked_about_is_said() -> None:
    found = people("1,A,B,1,1A,,,,", "2,C,D,1,1A,E F,mum,1,", "3,G,H,1,1A,I J,mum,1,07700900001")
    assert found.warnings == ("pupils without a contact who can be reached, so that staff are told at once: 1, 2",)


def test_a_column_of_the_schools_own_name_is_mapped_once_and_remembered() -> None:
    rows = b"Learner,given,family,year,group,Ring this,mobile\n7,A,B,1,1A,C D,07700900001\n"
    found = read_people(rows, remembered={"learner": "pupil_id", "ring this": "contact_name"})
    assert (found.pupils[0].id, found.contacts[0].name) == ("7", "C D")
    assert read_people(rows, remembered=found.headings) == found


def test_a_column_may_be_remembered_as_not_to_be_read() -> None:
    rows = b"id,given,family,year,group,contact_name,mobile,email\n7,A,B,1,1A,C D,07700900001,none of your business\n"
    found = read_people(rows, remembered={"email": ""})
    assert found.contacts[0].email is None
    assert "email" not in found.stated


def test_columns_that_are_not_read_are_named() -> None:
    head = "id,given,family,year,group,contact_name,mobile,Court Order"
    assert people("1,A,B,1,1A,C D,07700900001,see file", head=head).warnings == (
        "columns that were not read: Court Order",
    )
