using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Voltgate.Server.Tests.Tls;

namespace Voltgate.Server.Tests.Pages;

/// <summary>What is weak in a station's way in is mended where it is told, and certificates are taken back.</summary>
public sealed class SecurityTabTests
{
    [Fact]
    public async Task A_password_is_demanded_and_a_permission_taken_back()
    {
        await using var visit = await Visit.Begin();
        (await visit.Api.Patch(
            "/chargestations/" + visit.Box.Id, """{"security":{"type":"none","allow_profile_0":true}}""")).MustBe(200);
        await visit.Goto($"/chargestations/{visit.Box.Id}?tab=security");
        await visit.Sees("It needs no credentials");
        await visit.Press("Demand a password");
        await visit.Dialog.GetByText("It is connected now").WaitForAsync();
        await visit.Submit("Cancel");
        Assert.Equal("none", await Type(visit));

        await visit.Press("Demand a password");
        await visit.Submit("Demand a password");
        var password = await visit.Page.Locator("code").First.InnerTextAsync();
        await visit.Sees("Its password may travel in plain text");
        Assert.Equal("basic_auth", await Type(visit));
        await Assert.ThrowsAsync<WebSocketException>(() => visit.Knock(visit.Box.Endpoint));
        Assert.Contains("profile_0_allowed", await Findings(visit));

        await visit.Press("Take it back");
        await visit.Submit("Take it back");
        await visit.Button("Take it back").WaitForAsync(Visit.Gone);
        Assert.DoesNotContain("profile_0_allowed", await Findings(visit));
        Assert.Equal("basic_auth", await Type(visit)); // and the password stays
        await visit.Station.Cut();
        await visit.Box.Becomes(online: false);
        await using var station = await visit.Knock(visit.Box.Endpoint, password);
        Assert.Equal("Accepted", (string)(await station.Boot("Test", "One"))["status"]!);
        visit.MustBeCalm();
    }

    [Fact]
    public async Task Certificates_are_listed_and_revoked()
    {
        await using var visit = await Visit.Begin();
        await visit.Goto($"/chargestations/{visit.Box.Id}?tab=security");
        await visit.Sees("No certificate yet");
        var id = await Papers.Note(visit.Box.Server, visit.Box.Id);
        await visit.Page.ReloadAsync();
        var noted = await Noted(visit);
        Assert.Equal(id, (string)noted["_id"]!);
        await visit.Sees((string)noted["fingerprint"]!);
        await visit.Sees("Shown by the station");

        var revoke = "Revoke " + (string)noted["subject"]!;
        await visit.Press(revoke);
        await visit.Dialog.GetByText("It is refused for good").WaitForAsync();
        await visit.Submit("Cancel");
        Assert.Null((await Noted(visit))["revokedAt"]);
        await visit.Press(revoke);
        await visit.Submit("Revoke");
        await visit.Button(revoke).WaitForAsync(Visit.Gone);
        await visit.Sees("Revoked");

        Assert.NotNull((await Noted(visit))["revokedAt"]);
        visit.MustBeCalm();
    }

    private static async Task<JsonNode> Noted(Visit visit) =>
        Assert.Single((await visit.Api.Get("/client_certificates")).MustBe(200).Items)!;

    private static async Task<string> Type(Visit visit) => (string)
        (await visit.Api.Get("/chargestations/" + visit.Box.Id)).MustBe(200).Result["security"]!["type"]!;

    private static async Task<string[]> Findings(Visit visit) =>
    [
        .. (await visit.Api.Get($"/chargestations/{visit.Box.Id}/security_posture")).MustBe(200)
            .Result["findings"]!.AsArray().Select(f => (string)f!["code"]!),
    ];
}
