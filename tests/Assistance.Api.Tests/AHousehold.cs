using System.Globalization;
using System.Text.Json.Nodes;
using Assistance.Api.Features.Lookups;
using Assistance.Domain.Lookups;
using Assistance.Sandbox;

namespace Assistance.Api.Tests;

/// <summary>
/// Builds the form of a valid, boring household of made-up people, each time of others: one adult without income, registered
/// in 永泰街道 and living in 振华街道, unless a test says otherwise.
/// </summary>
public sealed class AHousehold
{
    public const string Registered = "140213050001";
    public const string Residence = "140213054002";
    private static int people;

    private readonly JsonArray members = [];
    private readonly JsonObject form;

    private AHousehold() => form = new JsonObject
    {
        ["programmes"] = new JsonArray("SubsistenceAllowance"),
        ["registeredResidence"] = new JsonObject { ["divisionCode"] = Registered, ["address"] = "样例路1号" },
        ["habitualResidence"] = new JsonObject { ["divisionCode"] = Residence, ["address"] = "样例路2号" },
        ["contactPhone"] = "0352-5550199",
        ["members"] = members,
        ["integrityPledge"] = new JsonObject { ["signedOn"] = "2026-09-21" },
    };

    public static AHousehold OfOne() => new AHousehold().With("Self", 1970);

    /// <summary>A minor by themselves, whose guardian is no member: signs the consent, and still has to be named as the agent.</summary>
    public static AHousehold OfAMinor()
    {
        var household = new AHousehold().With("Self", 2012);
        household.Member(0)["consent"] = new JsonObject { ["signedOn"] = "2026-09-21", ["isSignedByGuardian"] = true };
        return household;
    }

    public static AHousehold OfTwo() => OfOne().With("Spouse", 1972);

    public static AHousehold OfThree() => OfTwo().With("Child", 2012);

    /// <summary>The household of somebody who is in another form too.</summary>
    public static AHousehold Of(JsonObject applicant)
    {
        var household = new AHousehold();
        household.members.Add(applicant.DeepClone());
        return household;
    }

    /// <summary>The form as it is, to be bent by a test.</summary>
    public JsonObject Form => form;

    public JsonObject Member(int index) => (JsonObject)members[index]!;

    public string IdentityNumber(int index) => (string)Member(index)["identityNumber"]!;

    public AHousehold With(string relationship, int birthYear)
    {
        var person = Interlocked.Increment(ref people);
        var position = members.Count + 1;
        var isMinor = birthYear > 2008;
        members.Add(new JsonObject
        {
            ["name"] = $"样例{NameOf(person)}",
            ["identityNumber"] = IdentityNumberOf(birthYear, person),
            ["relationship"] = relationship,
            ["incomes"] = new JsonArray(),
            ["properties"] = new JsonArray(),
            ["consent"] = new JsonObject { ["signedOn"] = "2026-09-21", ["signedByMember"] = isMinor ? 1 : position },
        });
        return this;
    }

    public AHousehold RegisteredIn(string divisionCode)
    {
        form["registeredResidence"]!["divisionCode"] = divisionCode;
        return this;
    }

    public AHousehold LivingIn(string divisionCode)
    {
        form["habitualResidence"]!["divisionCode"] = divisionCode;
        return this;
    }

    /// <summary>Declares an income, and has no department know of it.</summary>
    public AHousehold Declaring(int member, string kind, long monthlyFen)
    {
        ((JsonArray)Member(member)["incomes"]!).Add(new JsonObject { ["kind"] = kind, ["monthlyFen"] = monthlyFen });
        return this;
    }

    public AHousehold Owning(int member, string kind, long valueFen)
    {
        ((JsonArray)Member(member)["properties"]!).Add(new JsonObject { ["kind"] = kind, ["valueFen"] = valueFen });
        return this;
    }

    public AHousehold WithoutConsent(int member)
    {
        Member(member).Remove("consent");
        return this;
    }

    /// <summary>Has the form handed in by an agent.</summary>
    public AHousehold Through(JsonObject agent)
    {
        form["agent"] = agent;
        return this;
    }

    /// <summary>Puts everybody into the police register of the simulated departments, as declared.</summary>
    public AHousehold OnRecord(SimulatedWorld world)
    {
        for (var i = 0; i < members.Count; i++)
        {
            world.Departments.Record(IdentityNumber(i), LookupSource.HouseholdRegistration, new DepartmentFact
            {
                Kind = FactKind.RegisteredDivision,
                DivisionCode = (string)form["registeredResidence"]!["divisionCode"]!,
            });
        }

        return this;
    }

    public override string ToString() => form.ToJsonString();

    /// <summary>A number with prefix 140213 and a birth date before 2018, which no real person is likely to hold.</summary>
    public static string IdentityNumberOf(int birthYear, int person)
    {
        var bornOn = new DateOnly(birthYear, 1, 1).AddDays(person / 999 % 365);
        var body = string.Create(CultureInfo.InvariantCulture, $"140213{bornOn:yyyyMMdd}{person % 999 + 1:000}");
        return body + Domain.Shared.IdentityNumber.CheckCharacterOf(body);
    }

    private static string NameOf(int number) => string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => "零壹贰叁肆伍陆柒捌玖"[digit - '0']));
}
