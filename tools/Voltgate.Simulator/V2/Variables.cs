using System.Collections.Immutable;
using Voltgate.Ocpp.V2;
using Own = Voltgate.Ocpp.V16;

namespace Voltgate.Simulator.V2;

/// <summary>The variables of the station: told and set (2.x B05 to B08).</summary>
internal static class Variables
{
    /// <summary>How many one part of a report tells.</summary>
    private const int MostInPart = 12;

    /// <summary>Where 2.x, or a station that speaks it, begins otherwise than 1.6.</summary>
    public static ImmutableSortedDictionary<string, string> Defaults { get; } = Configuration.Defaults.SetItems(
        new Dictionary<string, string>
        {
            [Configuration.TxStartedMeasurands] = "Energy.Active.Import.Register",
            [Configuration.StopTxnSampledData] = "Energy.Active.Import.Register",
            [Configuration.ChargingScheduleAllowedChargingRateUnit] = "A,W",
            // 2.x has no word for a temperature.
            [Configuration.MeterValuesSampledData] = Configuration.Defaults[Configuration.MeterValuesSampledData]
                .Replace(",Temperature", "", StringComparison.Ordinal),
        });

    /// <summary>B06.</summary>
    public static GetVariablesResponse Get(Turn turn, GetVariablesRequest request)
    {
        var all = Inventory.Of(turn);
        return new([.. request.GetVariableData.Select(asked => Get(all, asked))]);
    }

    /// <summary>B05.</summary>
    public static SetVariablesResponse Set(Turn turn, SetVariablesRequest request) => new(
    [
        .. request.SetVariableData.Select(wanted => new SetVariableResult(
            Set(turn, wanted), wanted.Component, wanted.Variable, AttributeType: wanted.AttributeType)),
    ]);

    /// <summary>B07.</summary>
    public static GetBaseReportResponse Report(Turn turn, GetBaseReportRequest request)
    {
        if (turn.Has(Mishaps.Rejects)) return new(GenericDeviceModelStatus.Rejected);
        return new(Tell(turn, request.RequestId, Inventory.Of(turn).Where(i => request.ReportBase switch
        {
            ReportBase.ConfigurationInventory => i.IsWritable,
            ReportBase.SummaryInventory => i.Variable.Name is "Available" or "AvailabilityState",
            _ => true,
        })));
    }

    /// <summary>B08: all that is named, of the components that are like that.</summary>
    public static GetReportResponse Report(Turn turn, GetReportRequest request)
    {
        if (turn.Has(Mishaps.Rejects)) return new(GenericDeviceModelStatus.Rejected);
        var all = Inventory.Of(turn);
        return new(Tell(turn, request.RequestId, all.Where(i =>
            (request.ComponentVariable is not { } named || named.Any(n => i.Is(n.Component, n.Variable)))
            && (request.ComponentCriteria is not { } criteria || criteria.Any(c => Meets(all, i.Component, c))))));
    }

    // B08.FR.09: without such a variable a component is all of it but a problem.
    private static bool Meets(IReadOnlyList<Item> all, Component component, ComponentCriterion criterion) =>
        all.FirstOrDefault(i => i.Component == component && i.Variable.Name == criterion.ToString()) is { } item
            ? item.Value == "true"
            : criterion != ComponentCriterion.Problem;

    private static GenericDeviceModelStatus Tell(Turn turn, int request, IEnumerable<Item> items)
    {
        var parts = items.Select(i => i.ToReport()).Chunk(MostInPart).ToList();
        foreach (var (number, part) in parts.Index())
            turn.Later(new Saying("NotifyReport", new NotifyReportRequest(
                request, turn.Stamp(turn.NowMs), number, [.. part], Tbc: number < parts.Count - 1)));
        return parts.Count == 0 ? GenericDeviceModelStatus.EmptyResultSet : GenericDeviceModelStatus.Accepted;
    }

    private static GetVariableResult Get(IReadOnlyList<Item> all, GetVariableData asked)
    {
        var item = all.FirstOrDefault(i => i.Is(asked.Component, asked.Variable));
        var status = item is null ? Missing(all, asked.Component)
            : asked.AttributeType is null or AttributeKind.Actual ? GetVariableStatus.Accepted
            : GetVariableStatus.NotSupportedAttributeType;
        return new GetVariableResult(
            status, asked.Component, asked.Variable, AttributeType: asked.AttributeType,
            AttributeValue: status == GetVariableStatus.Accepted ? item!.Value : null);
    }

    private static SetVariableStatus Set(Turn turn, SetVariableData wanted)
    {
        var all = Inventory.Of(turn);
        if (all.FirstOrDefault(i => i.Is(wanted.Component, wanted.Variable)) is not { } item)
            return Translation.Same<SetVariableStatus>(Missing(all, wanted.Component));
        if (wanted.AttributeType is not (null or AttributeKind.Actual))
            return SetVariableStatus.NotSupportedAttributeType;
        if (turn.Has(Mishaps.Rejects) || item.Key is not { } key || !item.Takes(wanted.AttributeValue))
            return SetVariableStatus.Rejected;
        var status = Configuration.Change(turn, new Own.ChangeConfigurationRequest(key, wanted.AttributeValue));
        return status == Own.ConfigurationStatus.Accepted ? SetVariableStatus.Accepted : SetVariableStatus.Rejected;
    }

    private static GetVariableStatus Missing(IReadOnlyList<Item> all, Component component) =>
        all.Any(i => i.Is(component, null))
            ? GetVariableStatus.UnknownVariable
            : GetVariableStatus.UnknownComponent;
}
