namespace Assistance.Domain.Shared;

/// <summary>The programmes a household can apply for. The others of the Act follow with their rules.</summary>
public enum Programme
{
    /// <summary>最低生活保障 (Act art. 18).</summary>
    SubsistenceAllowance,
}
