//! Bodies that adopt resolutions, and which of them a number can belong to.
//!
//! Input: a bare number and, where printed, the year of its date. Output: the bodies it fits and
//! its symbol with one of them. Invariant: nothing here reads a text.
//! Source: research.un.org/en/docs/symbols, and the numbers in use in the resolutions of the
//! General Assembly up to its eightieth session.

use super::number::{Number, Shape};
use serde::Deserialize;

/// A body whose resolutions are cited by number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// The General Assembly: `A/RES/62/59`, before 1976 `A/RES/2625(XXV)`.
    GeneralAssembly,
    /// The Security Council: `S/RES/1718(2006)`.
    SecurityCouncil,
    /// The Human Rights Council: `A/HRC/RES/24/33`.
    HumanRightsCouncil,
    /// The Economic and Social Council: `E/RES/2016/6`.
    EconomicAndSocialCouncil,
    /// "The Council", whichever of the three the number fits.
    Council,
    /// The Commission on Human Rights, until 2006: `E/CN.4/RES/2005/5`.
    CommissionOnHumanRights,
    /// The United Nations Environment Assembly: `UNEP/EA.3/Res.8`.
    EnvironmentAssembly,
    /// The United Nations Habitat Assembly: `HSP/HA.1/Res.2`.
    HabitatAssembly,
    /// The Economic and Social Commission for Asia and the Pacific: `E/ESCAP/RES/72/7`.
    Escap,
    /// The Trusteeship Council: `T/RES/2200(LXI)`.
    TrusteeshipCouncil,
    /// The General Assembly of the Organization of American States: `AG/RES.2359(XXXVIII-O/08)`.
    OrganizationOfAmericanStates,
    /// A body of whose numbers no symbol is made.
    #[default]
    Other,
}

/// Assembly numbers from here on are decisions: those of the main committees begin at 401.
const FIRST_DECISION: u32 = 400;

/// Decisions of the Economic and Social Council begin at 201.
const FIRST_COUNCIL_DECISION: u32 = 200;

/// The Assembly's symbols carry the session since the thirty-first, before that a roman numeral.
const FIRST_NUMBERED_SESSION: u32 = 31;

/// The Human Rights Council has never adopted more than this in one session.
const MOST_OF_ONE_COUNCIL_SESSION: u32 = 60;

/// Every body that a number may be tried with.
const ALL: [Body; 9] = [
    Body::GeneralAssembly,
    Body::SecurityCouncil,
    Body::HumanRightsCouncil,
    Body::EconomicAndSocialCouncil,
    Body::CommissionOnHumanRights,
    Body::EnvironmentAssembly,
    Body::HabitatAssembly,
    Body::Escap,
    Body::TrusteeshipCouncil,
];

impl Body {
    /// Whether a number of this shape can be one of the body's resolutions.
    pub(super) fn can_have(self, shape: &Shape) -> bool {
        match shape {
            Shape::Pair(session, number) => self.has_session(*session, *number),
            Shape::Year(..) => self == Self::SecurityCouncil,
            Shape::Session(_, session) => self.has_roman(session),
            Shape::Special(session, _) => {
                self == Self::GeneralAssembly || (self == Self::HumanRightsCouncil && session.starts_with("S-"))
            }
            Shape::Plain(_) => matches!(self, Self::SecurityCouncil | Self::OrganizationOfAmericanStates),
            Shape::European(_) => false,
        }
    }

    fn has_session(self, session: u32, number: u32) -> bool {
        match self {
            Self::GeneralAssembly => (FIRST_NUMBERED_SESSION..=120).contains(&session) && number < FIRST_DECISION,
            Self::HumanRightsCouncil => (1..=75).contains(&session) && number <= MOST_OF_ONE_COUNCIL_SESSION,
            Self::EconomicAndSocialCouncil => (1978..=2100).contains(&session) && number <= FIRST_COUNCIL_DECISION,
            Self::CommissionOnHumanRights => (1978..=2006).contains(&session),
            Self::EnvironmentAssembly | Self::HabitatAssembly => (1..=15).contains(&session) && number <= 40,
            Self::Escap => (1..=120).contains(&session) && number <= 30,
            _ => false,
        }
    }

    /// Roman sessions: the Assembly's end with the thirtieth, the Councils' went on to the sixties.
    fn has_roman(self, session: &str) -> bool {
        let is_american = session.contains('/');
        match self {
            Self::GeneralAssembly => session.contains('-') && !is_american || roman_value(session) < 31,
            Self::EconomicAndSocialCouncil | Self::TrusteeshipCouncil => !session.contains('-'),
            Self::OrganizationOfAmericanStates => is_american,
            _ => false,
        }
    }

    /// Whether the body held the session in a year; `None` where sessions do not tell.
    fn sat_in(self, session: u32, year: u32) -> Option<bool> {
        match self {
            // A regular session opens in September and ends a year later.
            Self::GeneralAssembly => Some(year == session + 1945 || year == session + 1946),
            // Three sessions a year, the seventh to the ninth in 2008.
            Self::HumanRightsCouncil => Some(year == (session + 6017) / 3),
            Self::EnvironmentAssembly => Some(2010 + session <= year && year <= 2016 + session * 2 && year >= 2014),
            Self::HabitatAssembly => Some(year >= 2019),
            Self::Escap => Some(year == session + 1944),
            Self::EconomicAndSocialCouncil | Self::CommissionOnHumanRights => Some(year == session),
            _ => None,
        }
    }

    /// The symbol of one of the body's resolutions.
    pub(super) fn symbol(self, number: &Number) -> Option<String> {
        let part = number.part.as_deref().unwrap_or("");
        let series = self.series();
        match &number.shape {
            Shape::European(symbol) => Some(symbol.clone()),
            _ if self == Self::Other || self == Self::Council => None,
            Shape::Pair(session, number) if self.is_assembly_of_a_programme() => {
                Some(format!("{series}{session}/Res.{number}"))
            }
            Shape::Pair(session, number) => Some(format!("{series}{session}/{number}{part}")),
            Shape::Special(session, number) => Some(format!("{series}{session}/{number}{part}")),
            Shape::Year(number, year) => Some(format!("{series}{number}({year})")),
            Shape::Session(number, session) => Some(format!("{series}{number}({session})")),
            Shape::Plain(number) => Some(format!("{series}{number}")),
        }
    }

    fn is_assembly_of_a_programme(self) -> bool {
        matches!(self, Self::EnvironmentAssembly | Self::HabitatAssembly)
    }

    /// What the symbols of the body's resolutions begin with.
    fn series(self) -> &'static str {
        match self {
            Self::GeneralAssembly => "A/RES/",
            Self::SecurityCouncil => "S/RES/",
            Self::HumanRightsCouncil => "A/HRC/RES/",
            Self::EconomicAndSocialCouncil => "E/RES/",
            Self::CommissionOnHumanRights => "E/CN.4/RES/",
            Self::EnvironmentAssembly => "UNEP/EA.",
            Self::HabitatAssembly => "HSP/HA.",
            Self::Escap => "E/ESCAP/RES/",
            Self::TrusteeshipCouncil => "T/RES/",
            Self::OrganizationOfAmericanStates => "AG/RES.",
            Self::Council | Self::Other => "",
        }
    }

    /// Whether a name of this body may mean `other`: "the Council" is any council.
    pub(super) fn may_mean(self, other: Self) -> bool {
        let is_council =
            matches!(other, Self::SecurityCouncil | Self::HumanRightsCouncil | Self::EconomicAndSocialCouncil);
        self == other || (self == Self::Council && is_council)
    }
}

/// The bodies that a number fits by its shape alone.
pub(super) fn fitting(shape: &Shape) -> Vec<Body> {
    let mut bodies: Vec<Body> = ALL.into_iter().filter(|body| body.can_have(shape)).collect();
    if Body::OrganizationOfAmericanStates.can_have(shape) {
        bodies.push(Body::OrganizationOfAmericanStates);
    }
    bodies
}

/// Those of the bodies that were in that session in that year.
pub(super) fn sitting(bodies: &[Body], shape: &Shape, year: u32) -> Vec<Body> {
    let Shape::Pair(session, _) = shape else { return bodies.to_vec() };
    bodies.iter().copied().filter(|body| body.sat_in(*session, year).unwrap_or(true)).collect()
}

/// The value of a roman numeral; anything else counts as none.
fn roman_value(roman: &str) -> u32 {
    let digits = roman.chars().map(|digit| match digit {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        _ => 1000,
    });
    let fold = |(sum, previous): (u32, u32), value: u32| {
        if previous < value { (sum + value - 2 * previous, value) } else { (sum + value, value) }
    };
    digits.fold((0, 1000), fold).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_tell_council_from_assembly() {
        let shape = Shape::Pair(37, 42);
        assert_eq!(sitting(&fitting(&shape), &shape, 2018), vec![Body::HumanRightsCouncil]);
        assert_eq!(sitting(&fitting(&shape), &shape, 1982), vec![Body::GeneralAssembly]);
    }

    #[test]
    fn reads_roman_numerals() {
        assert_eq!([roman_value("IV"), roman_value("XXIX"), roman_value("LX")], [4, 29, 60]);
    }
}
