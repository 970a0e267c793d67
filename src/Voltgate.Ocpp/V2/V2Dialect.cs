using System.Collections.Frozen;
using Voltgate.Ocpp.Rpc;

namespace Voltgate.Ocpp.V2;

/// <summary>OCPP 2.0.1 and 2.1: the same tables, from which the former leaves out what the latter added.</summary>
public static class V2Dialect
{
    /// <summary>The dialect "ocpp2.0.1".</summary>
    public static Dialect V201 { get; } = Of("ocpp2.0.1", RpcRules.V201, V2Wire.V201);

    /// <summary>The dialect "ocpp2.1".</summary>
    public static Dialect V21 { get; } = Of("ocpp2.1", RpcRules.V21, V2Wire.V21);

    private static Dialect Of(string subprotocol, RpcRules rules, V2Wire wire)
    {
        IReadOnlyList<Route> routes =
        [
            .. StationRows.Of(wire), .. TransactionRows.Routes(wire), .. ReportRows.Routes(wire),
            .. ContractRows.Of(wire), .. FiledRows.Of(wire),
        ];
        IReadOnlyList<CommandRoute> commands =
        [
            .. CommandRows.Of(wire), .. TransactionRows.Commands(wire), .. ReportRows.Commands(wire),
            .. FreeRequests.Of(wire),
        ];
        return new Dialect(subprotocol, rules, routes, commands, ReceiptsOf(routes, commands));
    }

    private static ReceiptWords ReceiptsOf(IReadOnlyList<Route> routes, IReadOnlyList<CommandRoute> commands) => new(
        KnownActions: FrozenSet.ToFrozenSet(
        [.. routes.Select(r => r.Action), .. commands.Select(c => c.Action)]),
        // Scheduled: when the transaction ends. AcceptedCanceled: in place of one that ran. EmptyResultSet,
        // NoProfiles and NoTariff: there is nothing to report, which is an answer.
        Accepting: FrozenSet.ToFrozenSet(
        [
            "Accepted", "AcceptedCanceled", "Scheduled", "RebootRequired", "Unlocked", "Unpublished", "EmptyResultSet",
            "NoProfiles", "NoTariff",
        ]),
        Unsupporting: FrozenSet.ToFrozenSet(["NotSupported", "NotImplemented"]));
}
