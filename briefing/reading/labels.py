"""What the labels mean that the parser gives a word.

Whoever asks for a kind of word or its place in the clause asks by these names or those of grammar.py; the
labels themselves are for grammar.py, and for what hands them to fitted weights.
"""

from __future__ import annotations


class Labelled:
    """A word by its labels: Universal POS, Penn tags, ClearNLP dependencies."""

    __slots__ = ()

    pos: str
    tag: str
    dep: str

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb or an auxiliary."""
        return self.pos in {"VERB", "AUX"}

    @property
    def is_full_verb(self) -> bool:
        """Whether it is a verb and no auxiliary."""
        return self.pos == "VERB"

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun, of a kind or of one alone."""
        return self.pos in {"NOUN", "PROPN"}

    @property
    def is_common_noun(self) -> bool:
        """Whether it is a noun of a kind: "minister"."""
        return self.pos == "NOUN"

    @property
    def is_proper_noun(self) -> bool:
        """Whether it is a noun of one alone: "Oslo"."""
        return self.pos == "PROPN"

    @property
    def is_pronoun(self) -> bool:
        """Whether it stands for a noun."""
        return self.pos == "PRON"

    @property
    def is_preposition(self) -> bool:
        """Whether it stands before a noun: "in"."""
        return self.pos == "ADP"

    @property
    def is_root(self) -> bool:
        """Whether the whole sentence depends on it."""
        return self.dep == "ROOT"

    @property
    def is_subject(self) -> bool:
        """Whether it is the subject in form of its verb."""
        return self.dep in {"nsubj", "nsubjpass", "csubj", "expl"}

    @property
    def is_direct_object(self) -> bool:
        """Whether it is what its verb acts on."""
        return self.dep == "dobj"

    @property
    def follows_preposition(self) -> bool:
        """Whether it is the noun after the preposition on which it depends."""
        return self.dep == "pobj"

    @property
    def is_owner(self) -> bool:
        """Whether it stands before a noun as whose that is: "Norway's", "her"."""
        return self.dep == "poss"

    @property
    def is_joined(self) -> bool:
        """Whether it is joined to its head by "and" or a comma."""
        return self.dep == "conj"

    @property
    def is_apposed(self) -> bool:
        """Whether it says again who its head is: "Berg, the minister"."""
        return self.dep == "appos"

    @property
    def is_compound(self) -> bool:
        """Whether it is one noun with its head: "trade" of "trade talks"."""
        return self.dep == "compound"

    @property
    def is_before_noun(self) -> bool:
        """Whether it is one noun with its head, or an adjective of it."""
        return self.dep in {"compound", "amod"}

    @property
    def describes_noun(self) -> bool:
        """Whether it is a noun or adjective that says what kind of thing its head is."""
        return self.dep in {"compound", "amod", "nmod"}

    @property
    def is_adverb(self) -> bool:
        """Whether it says how, when or where: "there"."""
        return self.pos == "ADV"

    @property
    def may_place(self) -> bool:
        """Whether it is a preposition, or what the parser takes for one before a place: "near", "outside"."""
        return self.pos in {"ADP", "SCONJ", "ADV"}

    @property
    def is_of_no_name(self) -> bool:
        """Whether names and offices end before it: "also", "and", "while", "the", "who", "is", "well"."""
        return self.pos in {"ADV", "CCONJ", "SCONJ", "DET", "PRON", "AUX", "INTJ"}

    @property
    def is_gerund(self) -> bool:
        """Whether it is a verb in "-ing"."""
        return self.tag == "VBG"

    @property
    def is_possessive(self) -> bool:
        """Whether it is a pronoun for an owner: "her"."""
        return self.tag == "PRP$"

    @property
    def is_mark_of_owner(self) -> bool:
        """Whether it is the "'s" of an owner."""
        return self.dep == "case"

    @property
    def is_inside_phrase(self) -> bool:
        """Whether it stands before a noun as part of what that names, owners and marks included."""
        return self.dep in {"compound", "amod", "nmod", "poss", "case", "punct", "npadvmod"}

    @property
    def is_linking(self) -> bool:
        """Whether it leads to what follows, so that no name ends with it: "of", "and", "the", or a mark."""
        return self.pos in {"ADP", "CCONJ", "DET", "PUNCT"}

    @property
    def is_subordinating(self) -> bool:
        """Whether a clause begins with it that depends on another: "while"."""
        return self.pos == "SCONJ"

    @property
    def is_particle(self) -> bool:
        """Whether it is "to" before a verb, or the mark of an owner."""
        return self.pos == "PART"

    @property
    def is_participle(self) -> bool:
        """Whether it has the form of a participle: "signed", "signing"."""
        return self.tag in {"VBN", "VBG"}

    @property
    def is_past_form(self) -> bool:
        """Whether it is in the past tense or a past participle: "met", "to be met"."""
        return self.tag in {"VBD", "VBN"}

    @property
    def is_singular(self) -> bool:
        """Whether it is a noun for one: "minister", "Oslo"."""
        return self.tag in {"NN", "NNP"}

    @property
    def is_plural(self) -> bool:
        """Whether it is a noun for several: "ministers"."""
        return self.tag in {"NNS", "NNPS"}

    @property
    def is_plural_name(self) -> bool:
        """Whether it is a proper noun for several: "Kenyans"."""
        return self.tag == "NNPS"

    @property
    def is_one_of_a_kind(self) -> bool:
        """Whether it is a noun for one of a kind: "minister"."""
        return self.tag == "NN"

    @property
    def is_determiner(self) -> bool:
        """Whether it is an article or the like: "the", "this"."""
        return self.pos == "DET"

    @property
    def is_adjective(self) -> bool:
        """Whether it says of what kind a noun is."""
        return self.pos == "ADJ"

    @property
    def is_bare_adverbial(self) -> bool:
        """Whether it is a noun that says when or how far without a preposition: "Monday"."""
        return self.dep == "npadvmod"

    @property
    def is_mark(self) -> bool:
        """Whether it stands in the sentence as a mark does."""
        return self.dep == "punct"

    @property
    def is_helper(self) -> bool:
        """Whether it belongs to its verb: an auxiliary, "not", the "up" of "set up"."""
        return self.dep in {"aux", "auxpass", "neg", "prt"}

    @property
    def is_clause_of_verb(self) -> bool:
        """Whether it is the verb of a clause that its verb takes: "agreed *to meet*", "said it *would*"."""
        return self.dep in {"ccomp", "xcomp", "parataxis"}

    @property
    def is_object(self) -> bool:
        """Whether it is what its verb acts on, or what its subject is said to be."""
        return self.dep in {"dobj", "obj", "attr", "dative", "oprd"}

    @property
    def is_doer_or_done_to(self) -> bool:
        """Whether it is the noun that is the subject of its verb, acting or acted on."""
        return self.dep in {"nsubj", "nsubjpass"}

    @property
    def is_actor(self) -> bool:
        """Whether it is the noun that is the subject of its active verb."""
        return self.dep == "nsubj"

    @property
    def is_behind_preposition(self) -> bool:
        """Whether it is a noun after a preposition, or the "by" of a passive verb."""
        return self.dep in {"pobj", "agent"}

    @property
    def is_content(self) -> bool:
        """Whether it is the verb of a clause that is said, thought or wanted: "said that it *agreed*"."""
        return self.dep == "ccomp"

    @property
    def is_relative(self) -> bool:
        """Whether it is the verb of a clause with "who" or "which" on its noun."""
        return self.dep == "relcl"

    @property
    def is_reduced_relative(self) -> bool:
        """Whether it is a verb on its noun without "who": "a deal signed in Oslo"."""
        return self.dep == "acl"

    @property
    def holds_clause(self) -> bool:
        """Whether it is the verb of a clause on a noun, with "who" or without."""
        return self.dep in {"relcl", "acl"}

    @property
    def names_its_head(self) -> bool:
        """Whether it and its head name one: "Berg, the minister", "Minister Berg"."""
        return self.dep in {"appos", "compound", "nmod", "flat"}
