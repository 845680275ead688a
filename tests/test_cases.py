"""Every sample case and hostile form, with the variants that belong to it, and the test that plays it."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from paperwork import rendering
from tests.samples import ROOT

PLAYED: dict[str, dict[str, str]] = {
    "S01 signs missing": {
        "decision": "stories/test_s01.py::test_the_approvals_issue_the_decision_and_every_sentence_stands",
        "stronger rule": "stories/test_s01.py::test_explain_prefers_the_stronger_rule",
        "clocks": "stories/test_s01.py::test_the_service_makes_receipt_and_education_record_and_starts_the_clocks",
        "whole file": "stories/test_s01_file.py::test_every_paper_of_the_file_is_made_and_nothing_is_left_to_the_hand",
        "no credit record": "test_publicity.py::test_what_is_no_penalty_is_never_exported",
    },
    "S02 staff without badges": {
        "discretion": "stories/test_s02.py::test_a_first_offence_with_reasons_is_not_punished",
        "reasons wanted": "stories/test_s02.py::test_discretion_waits_for_the_handlers_reasons",
        "not the first": "stories/test_penal.py::test_s02_a_second_offence_is_warned",
        "commitment": "stories/test_commitments.py::test_s02_promises_beside_its_case_and_nothing_hangs_on_it",
    },
    "S03 minors admitted": {
        "no way out": "stories/test_s03.py::test_minors_that_came_in_leave_no_way_out_of_a_penalty",
        "to the closing": "stories/test_s03.py::test_notice_period_decision_service_payment_and_closing",
        "hearing": "stories/test_s03.py::test_a_heavy_penalty_offers_a_hearing_and_waits_for_it",
        "publicity": "test_publicity.py::test_the_real_decision_of_s03_is_a_row_of_the_mapping",
    },
    "S04 tours without permit": {"no 取缔": "stories/test_penal.py::test_s04_business_without_a_licence_is_punished_not_shut_down"},
    "S06 show changed": {
        "confessed": "stories/test_penal.py::test_s06_who_confesses_first_must_be_treated_more_mildly",
        "minor": "stories/test_penal.py::test_s06_where_it_is_minor_and_harmless_the_way_without_penalty_comes_first",
    },
    "S07 gallery files late": {
        "by the list": "stories/test_s07.py::test_an_item_of_the_list_stands_in_the_decision_beside_the_elements",
        "reminded before": "stories/test_s07.py::test_the_gallery_was_reminded_before_and_the_file_of_its_case_says_so",
        "rule not on file": "stories/test_s07.py::test_a_rule_that_is_not_on_file_is_not_cited_from_memory",
    },
    "S09 game of another organ": {"transfer, E-COMP": "stories/test_transfers.py::test_s09_what_is_not_our_power_is_handed_over_with_a_letter"},
    "S10 camping site": {
        "to its end": "stories/test_s10.py::test_from_what_nobody_can_judge_yet_to_the_end_of_the_observation",
        "third complaint": "stories/test_observation.py::test_the_third_complaint_within_thirty_days_sets_supervision_off",
        "middle on a holiday": "stories/test_observation.py::test_halfway_and_end_fall_due_and_the_end_waits_for_its_calendar",
    },
    "S11 blocked exit": {
        "ladder": "stories/test_s11.py::test_from_the_advice_to_the_recheck_done",
        "refuses to come": "stories/test_s11.py::test_a_refusal_to_come_is_recorded_and_punishes_nobody",
        "then DR-03": "stories/test_s11.py::test_what_a_refusal_left_behind_is_checked_by_leave_of_the_section_head",
        "sends an employee": "stories/test_s11.py::test_a_responsibility_talk_is_held_with_nobody_but_the_operator",
        "agent to a guidance talk": "stories/test_soft_codes.py::test_an_agent_with_a_letter_may_come_to_a_guidance_talk",
        "fire brigade": "stories/test_transfers.py::test_s11_a_hazard_of_another_body_is_passed_on_and_stops_no_advice",
    },
    "S12 credit repair": {
        "granted": "stories/test_s12.py::test_from_the_application_to_the_repair",
        "extended": "stories/test_s12.py::test_a_complex_application_has_ten_working_days_more",
        "too early": "stories/test_s12.py::test_an_application_before_the_least_term_is_declined",
        "without the two statements": "stories/test_commitments.py::test_a_repair_commitment_without_what_art_14_asks_comes_back",
        "false statement": "stories/test_s12.py::test_a_falsehood_bars_repair_for_three_years",
    },
    "S14 testing institute": {
        "before and after the day": "stories/test_soft.py::test_s14_is_reminded_before_the_day_and_advised_after_it",
        "run out": "stories/test_soft.py::test_after_it_has_run_out_the_competent_body_is_told_by_letter_and_no_case_is_transferred",
    },
    "S15 licence and annual report": {
        "never twice": "stories/test_licences.py::test_a_licence_is_reminded_of_three_times_and_never_twice",
        "annual report": "stories/test_licences.py::test_the_annual_report_is_reminded_of_beside_the_licence",
        "founded in 2026": "stories/test_licences.py::test_s15_founded_this_year_is_not_reminded_of_a_report_for_the_year_before",
        "two daemons": "stories/test_licences.py::test_two_daemons_send_each_reminder_once",
        "short message": "test_reminders.py::test_a_text_message_has_seventy_characters_at_most_and_the_date",
    },
    "S16 seventeen": {
        "milder, guardian": "stories/test_penal.py::test_s16_a_young_party_is_treated_more_mildly_and_its_guardian_is_named",
        "no licence of trade": "stories/test_s16.py::test_without_a_licence_of_trade_the_article_gives_the_matter_to_another_organ",
        "one show": "stories/test_s16.py::test_one_show_that_is_no_profession_is_no_violation",
        "not published": "test_publicity.py::test_a_minor_is_in_no_file_at_all",
    },
    "S18 crime": {
        "police, E-CRIME": "stories/test_transfers.py::test_s18_a_crime_comes_before_all_else_and_goes_to_the_police",
        "another body's field": "stories/test_transfers.py::test_s18_in_another_bodys_field_the_letter_is_marked_and_the_police_are_told",
    },
    "V01–V03, V05, V06, V09–V11, V14": {"": "stories/test_hostile.py::test_a_mistake_comes_back_with_its_place_and_nothing_is_used"},
    "V04": {
        "unknown": "stories/test_hostile.py::test_a_mistake_comes_back_with_its_place_and_nothing_is_used",
        "ten digits": "test_validation.py::test_a_warning_leaves_the_answer_standing",
    },
    "V05 decision before filing": {"": "stories/test_approvals.py::test_dates_of_approvals_are_held_against_each_other"},
    "V06 spellings": {"": "test_answers.py::test_every_date_is_read_back_in_every_spelling"},
    "V12": {"": "stories/test_approvals.py::test_a_review_that_did_not_pass_blocks_the_decision"},
    "V14 minor without guardian": {"": "stories/test_penal.py::test_s16_a_young_party_is_treated_more_mildly_and_its_guardian_is_named"},
    "V17": {
        "half-written": "test_intake.py::test_a_form_half_copied_is_left_alone",
        "encodings": "stories/test_hostile.py::test_encodings_of_office_machines_are_read",
        "neither": "stories/test_hostile.py::test_a_file_that_is_no_form_comes_back_with_a_sentence",
    },
    "V19": {"": "test_rendering.py::test_no_character_of_the_marks_is_left"},
    "V21": {"": "stories/test_s11.py::test_a_responsibility_talk_is_held_with_nobody_but_the_operator"},
    "V24": {"": "test_facts.py::test_a_quarter_whose_months_do_not_add_up_is_no_report"},
}  # fmt: skip

PRACTICE: dict[str, str] = {
    "intake register": "stories/test_transfers.py::test_a_lead_that_is_not_filed_ends_there_and_keeps_its_number",
    "发文稿纸": "stories/test_rules.py::test_a_rule_is_signed_only_when_its_steps_were_taken",
    "阅批": "stories/test_transfers.py::test_a_lead_that_is_not_filed_ends_there_and_keeps_its_number",
    "用印登记": "stories/test_s01_file.py::test_every_paper_of_the_file_is_made_and_nothing_is_left_to_the_hand",
    "骑缝章": "test_layout.py::test_a_sealed_paper_of_several_pages_shows_where_the_seam_is_sealed",
    "correction lines": "test_cases.py::test_every_record_has_a_line_for_corrections_and_says_where_it_ends",
    "proof-reading": "test_proofreading.py::test_a_changed_amount_is_held_against_what_was_written_before",
    "never corrected": "test_proofreading.py::test_the_form_is_taken_and_its_words_are_printed_as_they_were_written",
    "service attempts": "test_serving.py::test_the_next_method_follows_from_what_was_tried",
    "payment": "stories/test_s03.py::test_notice_period_decision_service_payment_and_closing",
    "instalments": "stories/test_s03.py::test_money_may_come_later_with_leave_and_is_demanded_when_it_does_not",
    "delegation": "stories/test_who_may_say_yes.py::test_who_stands_in_for_the_head_may_sign_on_those_days_only",
    "change, recusal": "stories/test_personnel.py::test_a_recusal_and_the_change_that_follows_stand_in_the_closing_sheet_of_the_file",
    "binding order": "test_dossier.py::test_every_issued_paper_stands_once_in_filing_order_with_its_pages",
    "archive": "stories/test_s01_file.py::test_every_paper_of_the_file_is_made_and_nothing_is_left_to_the_hand",
    "self-check": "stories/test_personnel.py::test_a_recusal_and_the_change_that_follows_stand_in_the_closing_sheet_of_the_file",
    "recordings": "stories/test_recordings.py::test_a_changed_or_lost_recording_is_found_and_a_missing_hash_is_told",
    "yearly figures": "stories/test_yearly.py::test_the_year_is_owed_by_january_and_frozen_by_what_was_published",
}  # fmt: skip
PLAYED |= {f"office: {what}": {"": named} for what, named in PRACTICE.items()}
RECORDS = ("talk_record", "collective_record", "inspection_record", "questioning_record", "defence_record", "hearing_record")


@cache
def defined_in(module: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / module).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("case", PLAYED)
def test_every_case_and_variant_is_played_by_a_test_that_exists(case: str) -> None:
    for variant, named in PLAYED[case].items():
        module, _, name = named.partition("::")
        assert name in defined_in(module), (case, variant, named)


@pytest.mark.parametrize("kind", RECORDS)
def test_every_record_has_a_line_for_corrections_and_says_where_it_ends(kind: str) -> None:
    text = rendering.text_of((ROOT / "templates" / "documents" / kind / "template.docx").read_bytes())
    assert re.search("更正之?处.{0,8}签名、捺指印", text) and "（以下空白）" in text
