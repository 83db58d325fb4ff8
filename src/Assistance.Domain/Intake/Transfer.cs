using Assistance.Domain.Shared;

namespace Assistance.Domain.Intake;

/// <summary>Why an application passes from one office to another (转办). It is always the offices' work (Act art. 64).</summary>
public enum TransferKind
{
    /// <summary>From the window that took it to the street that accepts it.</summary>
    Intake,

    /// <summary>The household moved during the case.</summary>
    Move,

    /// <summary>The district decided which street accepts.</summary>
    Arbitration,

    /// <summary>To another district, with guidance for the household.</summary>
    Outward,
}

/// <summary>One passing of an application. Nothing is sent back: the office it came to takes it up, or asks the district.</summary>
public sealed record Transfer(TransferKind Kind, string FromDivisionCode, string ToDivisionCode, bool IsOpen)
{

    /// <summary>
    /// Who may record that it was taken up: the street it goes to; for one to another district, this district, when that
    /// authority has confirmed it.
    /// </summary>
    /// <exception cref="RuleViolation">nothing-to-take-up, or not-the-receiving-office.</exception>
    public void RequireReceiver(string divisionCode, string districtCode)
    {
        if (!IsOpen)
        {
            throw Refusals.NothingToTakeUp();
        }

        var receiver = ToDivisionCode.StartsWith(districtCode, StringComparison.Ordinal) ? ToDivisionCode : districtCode;
        if (divisionCode != receiver)
        {
            throw Refusals.NotTheReceivingOffice(receiver);
        }
    }
}
